import { isPrototypeName, textProblem } from './hostile-text.ts'
import type { Parsed } from './parsed.ts'

const BRANCH_BYTES = 244
// git check-ref-format: what no reference may hold, and what no part of one may begin or end with.
const REF_CHARACTERS = /[ ~^:?*[\\]/
const REF_SEQUENCES = ['..', '@{', '//']

/** Z2: the rules of `git check-ref-format --branch`, in code, and a few names that only mislead. */
export function parseBranch(text: string): Parsed<string> {
  const branch = text.trim().replace(/^refs\/heads\//, '')
  const unfit = textProblem(branch, BRANCH_BYTES)
  if (branch === '') return { problem: 'The branch is empty: enter a name such as main.' }
  if (unfit !== null) return { problem: `The branch name ${unfit}.` }
  const character = REF_CHARACTERS.exec(branch)?.[0]
  if (character !== undefined)
    return { problem: `The branch name holds "${character}", which Git does not allow.` }
  const sequence = REF_SEQUENCES.find((part) => branch.includes(part))
  if (sequence !== undefined)
    return { problem: `The branch name holds "${sequence}", which Git does not allow.` }
  if (branch.startsWith('-')) return { problem: 'The branch name begins with "-", which Git does not allow.' }
  if (branch.startsWith('/') || branch.endsWith('/'))
    return { problem: 'The branch name begins or ends with "/".' }
  if (branch.endsWith('.')) return { problem: 'The branch name ends with ".", which Git does not allow.' }
  if (branch === '@' || branch === 'HEAD')
    return { problem: `"${branch}" means something else to Git: name the branch itself.` }
  for (const part of branch.split('/')) {
    if (part.startsWith('.'))
      return { problem: `The part "${part}" of the branch name begins with ".", which Git does not allow.` }
    if (part.endsWith('.lock'))
      return { problem: `The part "${part}" of the branch name ends with ".lock", which Git does not allow.` }
    if (isPrototypeName(part)) return { problem: `"${part}" cannot be part of a branch name here.` }
  }
  return { value: branch }
}
