import { diffLines } from 'diff'
import type { ChangeEntryWire } from '../../core/wire/plan.ts'

export type DiffLine = { readonly sign: '+' | '-' | ' ' | '='; readonly text: string }

/** The changes of a resource as text: each field as its own lines, long texts line by line. */
export function textDiff(entries: readonly ChangeEntryWire[]): readonly DiffLine[] {
  return entries.flatMap((entry): DiffLine[] => [
    { sign: '=', text: entry.path ?? `${entry.kind}/${entry.slug}` },
    ...(entry.fields.length === 0
      ? [{ sign: signOf(entry.change), text: entry.change } as const]
      : entry.fields.flatMap(fieldLines)),
  ])
}

function signOf(change: ChangeEntryWire['change']): '+' | '-' | ' ' {
  return change === 'added' ? '+' : change === 'removed' ? '-' : ' '
}

function fieldLines({ path, before, after }: ChangeEntryWire['fields'][number]): DiffLine[] {
  const name = path.slice(1).replaceAll('/', '.')
  if (before === undefined || after === undefined || !isLong(before, after)) {
    return [
      ...(before === undefined ? [] : [{ sign: '-', text: `${name}: ${print(before)}` } as const]),
      ...(after === undefined ? [] : [{ sign: '+', text: `${name}: ${print(after)}` } as const]),
    ]
  }
  const parts = diffLines(print(before), print(after))
  const lines = parts.flatMap((part) =>
    part.value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): DiffLine => ({ sign: part.added ? '+' : part.removed ? '-' : ' ', text: `  ${text}` })),
  )
  return [{ sign: ' ', text: `${name}:` }, ...lines]
}

function isLong(before: unknown, after: unknown): boolean {
  return [before, after].some(
    (value) => typeof value === 'object' || (typeof value === 'string' && value.includes('\n')),
  )
}

function print(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}
