import type { Json } from '../../model/json.ts'
import type { Added, Change, EntryChange } from './compare.ts'
import type { Edit, Slot } from './emit.ts'
import { below, isAlone } from './emit-value.ts'
import { elementFragment, elementLines, flowText, keyText, pairLines } from './fragment.ts'
import { isBlankLine, lineEnd, lineStart, nextLine, previousLineEnd, startsLine } from './lines.ts'
import { dashGap, type Style, styleWithin } from './style.ts'
import type { CollectionNode, Entry, SyntaxNode } from './syntax.ts'

type CollectionChange = Change & { readonly kind: 'collection' }

/** Entries of a block collection that come and go, by whole lines. */
export function emitBlockEntries(edit: Edit, change: CollectionChange, slot: Slot): void {
  removeEntries(edit, change, slot)
  for (const added of change.added) insertEntries(edit, change, added)
}

/** A comment on the line of an entry goes with it, those on lines of their own stay. */
function removeEntries(edit: Edit, { node, entries }: CollectionChange, slot: Slot): void {
  const { text, splices } = edit
  let forwardEnd = -1
  let skip = 0
  const first = node.entries[0]
  if (entries[0] === null && first !== undefined && !startsLine(text, first.start)) {
    const kept = entries.findIndex((entry) => entry !== null)
    const next = node.entries[kept]
    const between = text.slice(first.end, next?.start ?? first.end)
    if (next === undefined || /#/.test(between)) {
      splices.remove(slot.head, lineEnd(text, first.end))
      skip = 1
    } else {
      splices.remove(first.start, next.start)
      skip = kept
    }
  }
  let previous: EntryChange = null
  for (const [i, entry] of node.entries.entries()) {
    previous = entries[i] ?? previous
    if (i < skip || entries[i] !== null) continue
    const end = lineEnd(text, entry.end)
    const to = previous && keepsBlankLines(previous.value) ? endOfBlankLines(text, end) : end
    const from = previousLineEnd(text, entry.start)
    if (from === null || lineStart(text, entry.start) === forwardEnd) {
      forwardEnd = nextLine(text, to)
      splices.remove(lineStart(text, entry.start), forwardEnd)
    } else {
      splices.remove(from, end)
      // By itself: what comes in behind the entry comes in between.
      splices.remove(end, to)
    }
  }
}

/** Blank lines behind what goes would become part of a text above it that keeps them. */
function endOfBlankLines(text: string, at: number): number {
  let end = at
  for (let next = nextLine(text, end); isBlankLine(text, next); next = nextLine(text, end)) {
    end = lineEnd(text, next)
  }
  return end
}

/** Whether what becomes of a value ends with a text that keeps its blank lines (`|+`). */
function keepsBlankLines(change: Change): boolean {
  const { node } = change
  if (change.kind === 'replace') return endsBlank(change.value)
  if (node.kind === 'block-scalar') return node.header.includes('+')
  if (change.kind !== 'collection' || change.node.flow) return false
  const last = change.entries.findLastIndex((entry) => entry !== null)
  const added = change.added.find(({ after }) => after === last)?.items.at(-1)
  if (added !== undefined) return endsBlank(added.value)
  const entry = change.entries[last]
  return entry ? keepsBlankLines(entry.value) : false
}

function endsBlank(value: Json): boolean {
  if (typeof value === 'string') return /(^|\n)\n$/.test(value)
  const last = typeof value === 'object' && value !== null ? Object.values(value).at(-1) : undefined
  return last !== undefined && endsBlank(last)
}

function insertEntries(edit: Edit, change: CollectionChange, added: Added): void {
  const { text, splices } = edit
  const { node } = change
  const style = styleWithin(edit.style, text, node)
  if (added.after !== null) {
    const previous = node.entries[added.after]
    if (previous === undefined) return
    const at = lineEnd(text, previous.end)
    const lines = linesFor(edit, change, added, previous, style)
    const safe =
      lines.at(-1) === '' && !isAlone(text, at)
        ? linesFor(edit, change, added, previous, { ...style, blocks: 'clip' })
        : lines
    splices.insert(at, below(safe, style))
    return
  }
  const index = change.entries.findIndex((entry) => entry !== null)
  const next = node.entries[index]
  if (next === undefined) return
  const lines = linesFor(edit, change, added, next, style)
  const top = startsLine(text, next.start)
    ? topOfComments(text, next.start, node.entries[index - 1]?.end ?? 0)
    : null
  if (top !== null) splices.insert(top, lines.map((line) => line + style.lineBreak).join(''))
  else {
    const pad = ' '.repeat(node.column)
    splices.insert(next.start, lines.join(style.lineBreak).slice(node.column) + style.lineBreak + pad)
  }
}

/**
 * The beginning of the comment lines right above an entry, which speak of it; null when there are none, or
 * when they begin the text: those speak of the file.
 */
function topOfComments(text: string, at: number, floor: number): number | null {
  let top = lineStart(text, at)
  for (;;) {
    const above = previousLineEnd(text, top)
    if (above === null) return null
    const start = lineStart(text, above)
    if (start <= floor && floor > 0) return top === lineStart(text, at) ? null : top
    if (!text.slice(start, above).trimStart().startsWith('#')) return top === lineStart(text, at) ? null : top
    top = start
  }
}

function linesFor(
  edit: Edit,
  { node }: CollectionChange,
  added: Added,
  neighbour: Entry,
  style: Style,
): string[] {
  return added.items.flatMap(({ key, value }) =>
    node.kind === 'map'
      ? pairOf(edit, node, key, value, style)
      : elementOf(edit, node, value, neighbour, style),
  )
}

/** Where all the collections beside it are written on one line, a new one is too. */
function pairOf(edit: Edit, node: CollectionNode, key: string, value: Json, style: Style): string[] {
  const beside = node.entries
    .map((entry) => entry.value)
    .filter((other) => isFull(other.value) && other.kind !== 'alias')
  const flow = beside.findLast((other) => other.kind === 'map' || other.kind === 'list')
  if (!isFull(value) || flow === undefined || !beside.every(isFlow))
    return pairLines(key, value, node.column, style)
  const text = flowText(value, { ...styleWithin(edit.style, edit.text, flow as CollectionNode), keys: null })
  return [`${' '.repeat(node.column)}${keyText(key, style)}: ${text}`]
}

function elementOf(edit: Edit, node: CollectionNode, value: Json, neighbour: Entry, style: Style): string[] {
  const gap = dashGap(edit.text, neighbour.start, neighbour.value)
  const beside = neighbour.value
  if (isFull(value) && (beside.kind === 'map' || beside.kind === 'list') && beside.flow) {
    const head = flowText(value, styleWithin(edit.style, edit.text, beside))
    return elementLines({ head, lines: [] }, node.column, gap)
  }
  return elementLines(elementFragment(value, node.column, gap, style), node.column, gap)
}

function isFlow(node: SyntaxNode): boolean {
  return (node.kind === 'map' || node.kind === 'list') && node.flow
}

function isFull(value: Json): value is { readonly [key: string]: Json } | readonly Json[] {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}
