import { diffArrays } from 'diff'
import type { Three } from './merge-field.ts'

/** Lines `start` to `end` (not included) of the base become `lines`. */
type Hunk = { readonly start: number; readonly end: number; readonly lines: readonly string[] }

/** More lines than these in one side's difference are no edit any more, and comparing them takes long. */
const CHANGED_LINES_MAX = 1_000

/**
 * Both sides' changes of a text, line by line; null where they touch: two hunks with no unchanged line
 * between them were made without knowing of each other. The same hunk on both sides is one change.
 * A line ends at LF, so that CR belongs to its line and a last line break is an empty last line.
 */
export function mergeLines({ base, ours, theirs }: Three<string>): string | null {
  const lines = base.split('\n')
  const [a, b] = [ours, theirs].map((side) => hunksOf(lines, side.split('\n')))
  if (!a || !b) return null
  const known = new Set(a.map((hunk) => JSON.stringify(hunk)))
  const others = b.filter((hunk) => !known.has(JSON.stringify(hunk)))
  const hunks = [...a, ...others].sort((x, y) => x.start - y.start)
  const touches = hunks.some((hunk, i) => hunk.start <= (hunks[i - 1]?.end ?? -1))
  return touches ? null : replace(lines, hunks).join('\n')
}

/** Hunks of one side never touch: an unchanged line lies between any two. */
function hunksOf(base: readonly string[], side: readonly string[]): Hunk[] | null {
  const parts = diffArrays([...base], [...side], { maxEditLength: CHANGED_LINES_MAX })
  if (!parts) return null
  const hunks: Hunk[] = []
  let at = 0
  let open: Hunk | null = null
  for (const { added, removed, value } of parts) {
    if (!added && !removed) {
      if (open) hunks.push(open)
      open = null
      at += value.length
      continue
    }
    open ??= { start: at, end: at, lines: [] }
    if (added) open = { ...open, lines: [...open.lines, ...value] }
    else {
      at += value.length
      open = { ...open, end: at }
    }
  }
  return open ? [...hunks, open] : hunks
}

function replace(base: readonly string[], hunks: readonly Hunk[]): string[] {
  const parts = hunks.map(({ start, lines }, i) => [...base.slice(hunks[i - 1]?.end ?? 0, start), ...lines])
  return [...parts.flat(), ...base.slice(hunks.at(-1)?.end ?? 0)]
}
