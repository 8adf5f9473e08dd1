import { type GoodFile, lastGoodFiles } from '../../../core/plan/put-back.ts'
import type { CommitFile } from '../../../git/commit.ts'
import { pushOwnCommit } from './own-commit.ts'
import { pushRefused } from './push.ts'
import { decode } from './read-files.ts'
import { type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/**
 * The commit that puts the last good version back (S14), when somebody asked for it: on top of the one with
 * the errors and no other, by its own push. What it comes to is found by fetching anew.
 */
export async function putBack(work: Work, facts: Facts): Promise<StepResult> {
  const { parent } = known(facts.head)
  const isWanted = work.run.options.putBack && !facts.isPutBack && known(facts.plan).stopped
  if (!isWanted || parent === null) return NEXT
  facts.isPutBack = true
  const aliases = goodAliases(facts)
  const good = [...lastGoodFiles(known(facts.snapshot)), ...aliases]
  if (good.length === 0) return NEXT
  const files = await contents(work, good)
  const { oid, outcome } = await pushOwnCommit(work, known(facts.head), subjectOf(good), files)
  if (outcome.kind !== 'pushed' && outcome.kind !== 'rejected-race') throw pushRefused(outcome.reason)
  if (outcome.kind === 'pushed') facts.putBackCommit = oid
  return { kind: 'again', from: 'fetch' }
}

/** The alias file, where it is what is wrong. */
function goodAliases(facts: Facts): GoodFile[] {
  const { aliasPath, aliasProblems } = known(facts.reading).own
  return aliasProblems.length > 0 ? [{ path: aliasPath, blob: known(facts.state).alias_blob }] : []
}

function subjectOf(good: readonly GoodFile[]): string {
  const [only] = good
  const what = good.length === 1 && only ? only.path : `${good.length} files`
  return `Put back the last good version of ${what}`
}

async function contents(work: Work, good: readonly GoodFile[]): Promise<CommitFile[]> {
  const { path: root } = work.connection
  const at = (path: string) => (root === '' ? path : `${root}/${path}`)
  const texts = new Map<string, string>()
  const blobs = new Set(good.flatMap(({ blob }) => (blob === null ? [] : [blob])))
  for await (const { oid, bytes } of work.repository.readBlobs(blobs, { maxBytes: work.limits.fileBytes })) {
    const text = bytes && decode(bytes)
    if (text !== null) texts.set(oid, text)
  }
  return good.map(({ path, blob }) => {
    if (blob === null) return { path: at(path), delete: true }
    const text = texts.get(blob)
    if (text === undefined) throw new Error(`the last good version of ${path} cannot be read`)
    return { path: at(path), text }
  })
}
