import type { ComparedEntry, Version } from '../../core/wire/history.ts'
import type { Tone } from '../components/tone.ts'
import { listWords } from '../words/count.ts'
import { pointerWords } from '../words/field-words.ts'

type Change = ComparedEntry['change']

/** `2 added, 1 changed`, what goes away first. */
export function countWords({ added, changed, removed, renamed }: Version['counts']): string {
  const parts = [
    [removed, 'removed'],
    [renamed, 'renamed'],
    [changed, 'changed'],
    [added, 'added'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString('en')} ${word}`)
    .join(', ')
}

/** What a version did to one resource: `SQL and description`, `added`, `renamed from users`. */
export function resourceWords({ changes }: Version): string {
  const [only] = changes
  if (only === undefined) return ''
  const fields = listWords([...new Set((only.fields ?? []).map(({ path }) => pointerWords(path)))])
  switch (only.change) {
    case 'added':
    case 'removed':
      return only.change
    case 'renamed':
      return `renamed from ${only.from ?? ''}${fields && `, ${fields}`}`
    case 'changed':
      return fields || 'place or style of the file'
  }
}

type Group = {
  readonly change: Change
  readonly title: string
  readonly tone: Tone
  readonly entries: readonly ComparedEntry[]
}

/** By what happens to them, what goes away first. */
export function changeGroups(entries: readonly ComparedEntry[]): readonly Group[] {
  const groups: readonly Omit<Group, 'entries'>[] = [
    { change: 'removed', title: 'Removed', tone: 'red' },
    { change: 'renamed', title: 'Renamed', tone: 'amber' },
    { change: 'changed', title: 'Changed', tone: 'amber' },
    { change: 'added', title: 'Added', tone: 'green' },
  ]
  return groups
    .map((group) => ({ ...group, entries: entries.filter(({ change }) => change === group.change) }))
    .filter(({ entries: some }) => some.length > 0)
}
