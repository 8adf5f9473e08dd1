import pc from 'picocolors'
import type { ResourceChange } from '../../core/format/compare-folders.ts'
import type { RollbackAnswer, Version } from '../../core/wire/history.ts'
import { plural } from '../print.ts'
import { changesReport } from '../report/changes.ts'
import { sentence } from '../report/text.ts'
import { onOneLine } from './words.ts'

/** `abc1234  2026-03-01 10:00  Ann Lee  Subject  (+1 ~2)`. */
export function versionLine(version: Version): string {
  const { counts } = version
  const signs = [
    [counts.added, pc.green('+')],
    [counts.changed, pc.blue('~')],
    [counts.removed, pc.red('-')],
    [counts.renamed, pc.blue('>')],
  ] as const
  const told = signs.flatMap(([count, sign]) => (count > 0 ? [`${sign}${count}`] : []))
  return `${headOf(version)}  (${told.join(' ')})`
}

/** The same of one resource: its fields instead of counts. */
export function resourceVersionLine(version: Version): string {
  const [change] = version.changes
  if (change === undefined) return headOf(version)
  const isWhole = change.change === 'added' || change.change === 'removed'
  const fields = isWhole ? '' : (change.fields ?? []).map(({ path }) => onOneLine(path.slice(1))).join(', ')
  const from = change.from === undefined ? '' : ` from ${onOneLine(change.from)}`
  return `${headOf(version)}  (${change.change}${from}${fields && `: ${fields}`})`
}

/** Times are those of UTC: a script reads them anywhere. */
function headOf({ commit, at, author, subject }: Version): string {
  const time = at.slice(0, 16).replace('T', ' ')
  return `${pc.yellow(commit.slice(0, 7))}  ${time}  ${onOneLine(author.name)}  ${onOneLine(subject)}`
}

export function rollbackLines(answer: RollbackAnswer): string[] {
  const { changes, diagnostics, dryRun, commit } = answer
  const to = commit.slice(0, 7)
  if (changes.length === 0 && diagnostics.length === 0) return [`Nothing differs from ${to}.`]
  // The values came as JSON.
  const lines = changes.length === 0 ? [] : changesReport(changes as readonly ResourceChange[], 0)
  const errors = diagnostics.map((one) => `  ${sentenceOf(one)}`)
  const refused = `It would be refused: ${plural(diagnostics.length, 'error')}.`
  if (errors.length > 0) return [...lines, ...(lines.length > 0 ? [''] : []), pc.red(refused), ...errors]
  const what = plural(changes.length, 'resource')
  return [
    ...lines,
    '',
    dryRun ? `${what} would go back to ${to}.` : `${what} rolled back to ${to}, on the way to Git.`,
  ]
}

export function sentenceOf(one: RollbackAnswer['diagnostics'][number]): string {
  if ('file' in one) return sentence(one)
  const field = one.field === '' ? '' : ` ${onOneLine(one.field)}`
  const hint = one.hint === null ? '' : ` ${onOneLine(one.hint)}`
  return `${one.kind}/${onOneLine(one.slug)}${field}: ${onOneLine(one.message)}${hint} (${one.code})`
}
