import pc from 'picocolors'
import type { ResourceChange } from '../../core/format/compare-folders.ts'
import type { FieldChange } from '../../core/format/field-diff.ts'
import type { Json } from '../../core/model/json.ts'
import { KIND_WORDS } from '../../core/model/kind.ts'
import { plural } from '../print.ts'

const MARKS: Readonly<Record<ResourceChange['change'], (text: string) => string>> = {
  added: (text) => pc.green(`+ ${text}`),
  removed: (text) => pc.red(`- ${text}`),
  changed: (text) => pc.yellow(`~ ${text}`),
  renamed: (text) => pc.cyan(`> ${text}`),
}

/**
 * A line a resource, under it a line a field, and a last line with the counts. Equality is claimed only when
 * every file was compared: `unread` could not be.
 */
export function changesReport(changes: readonly ResourceChange[], unread: number): string[] {
  if (changes.length === 0) return [unread === 0 ? 'Nothing differs.' : nothingElse(unread)]
  const lines = changes.flatMap((change) => [headline(change), ...fieldLines(change)])
  const counts = (['added', 'removed', 'changed', 'renamed'] as const).flatMap((what) => {
    const count = changes.filter(({ change }) => change === what).length
    return count === 0 ? [] : [`${count} ${what}`]
  })
  return [...lines, '', `${plural(changes.length, 'resource')}: ${counts.join(', ')}.`]
}

function nothingElse(unread: number): string {
  return `No difference was found, but ${plural(unread, 'file')} could not be compared: the two sides may differ.`
}

function headline({ kind, slug, change, from }: ResourceChange): string {
  const was = from === undefined ? '' : ` (was ${from})`
  return MARKS[change](`${KIND_WORDS[kind]} ${pc.bold(slug)} ${change}${was}`)
}

/** What came or went as a whole is told by its name; the fields of the others are. */
function fieldLines({ change, fields }: ResourceChange): string[] {
  return change === 'added' || change === 'removed' ? [] : fields.flatMap(fieldLine)
}

function fieldLine({ path, before, after }: FieldChange): string[] {
  const name = path.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')
  if (before === undefined) return [`    ${name}: ${pc.green(show(after))}`]
  if (after === undefined) return [`    ${name}: ${pc.red(show(before))} → (absent)`]
  return [`    ${name}: ${pc.red(show(before))} → ${pc.green(show(after))}`]
}

/** JSON keeps a value on one line and shows what a terminal would swallow. */
export function show(value: Json | undefined): string {
  return typeof value === 'string' && /^[\p{L}\p{N}][\p{L}\p{N} ._:/@-]*$/u.test(value)
    ? value
    : JSON.stringify(value)
}
