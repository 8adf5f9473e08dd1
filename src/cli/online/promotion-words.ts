import pc from 'picocolors'
import type { ResourceChange } from '../../core/format/compare-folders.ts'
import type { PromotionAnswer, PromotionEntryWire } from '../../core/wire/environments.ts'
import { plural } from '../print.ts'
import { changesReport } from '../report/changes.ts'
import { sentenceOf } from './history-words.ts'
import { onOneLine } from './words.ts'

/** What it does by field, what came along and why, the errors that refuse it, and a last line that says it all. */
export function promotionLines(answer: PromotionAnswer): string[] {
  const { from, to, changes, diagnostics, dryRun, alike } = answer
  const same = alike.map((ref) => pc.dim(`${nameOf(ref)} is the same in both.`))
  if (changes.length === 0 && diagnostics.length === 0) {
    return [...same, `Nothing to promote from ${from} to ${to}.`]
  }
  // The values came as JSON.
  const lines = changes.length === 0 ? [] : changesReport(changes as readonly ResourceChange[], 0)
  const along = changes.flatMap(alongLine)
  const head = [...lines, ...(along.length > 0 ? ['', ...along] : []), ...same, '']
  if (diagnostics.length > 0) {
    const refused = `It would be refused: ${plural(diagnostics.length, 'error')}.`
    return [...head, pc.red(refused), ...diagnostics.map((one) => `  ${sentenceOf(one)}`)]
  }
  const what = plural(changes.length, 'resource')
  const worst = (['breaking', 'risky'] as const).flatMap((word) => {
    const some = changes.filter(({ impact }) => impact.word === word).length
    return some === 0 ? [] : [`${some} ${word}`]
  })
  const impact = worst.length === 0 ? '' : ` (${worst.join(', ')})`
  const last = dryRun
    ? `${what} would go from ${from} to ${to}${impact}.`
    : `${what} promoted from ${from} to ${to}${impact}, ${wayOf(answer)}.`
  return [...head, last]
}

function wayOf({ changeSet, proposed }: PromotionAnswer): string {
  if (proposed === null) return `as change set ${changeSet}`
  const { branch, number, url } = proposed
  return number === null
    ? `on the branch ${branch}`
    : `by pull request ${number}, ${onOneLine(url ?? branch)}`
}

function alongLine(change: PromotionEntryWire): string[] {
  const { neededBy } = change
  return neededBy === null ? [] : [pc.dim(`${nameOf(change)} comes along: ${nameOf(neededBy)} needs it.`)]
}

function nameOf({ kind, slug }: { readonly kind: string; readonly slug: string }): string {
  return `${kind}/${onOneLine(slug)}`
}
