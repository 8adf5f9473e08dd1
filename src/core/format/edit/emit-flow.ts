import type { Added, Change } from './compare.ts'
import type { Edit } from './emit.ts'
import { flowPair, flowText } from './fragment.ts'
import { lineEnd, lineStart, previousLineEnd, startsLine } from './lines.ts'
import { styleWithin } from './style.ts'
import type { CollectionNode, Entry } from './syntax.ts'

type CollectionChange = Change & { readonly kind: 'collection' }

/** Entries of a flow collection that come and go, each with one comma. */
export function emitFlowEntries(edit: Edit, change: CollectionChange): void {
  const { node } = change
  for (let i = 0; i < node.entries.length; i += 1) {
    if (change.entries[i] !== null) continue
    let last = i
    while (last + 1 < node.entries.length && change.entries[last + 1] === null) last += 1
    removeRun(edit, change, i, last)
    i = last
  }
  for (const added of change.added) insertEntries(edit, change, added)
}

function removeRun(
  { text, splices }: Edit,
  { node, added }: CollectionChange,
  first: number,
  last: number,
): void {
  const run = node.entries.slice(first, last + 1)
  const [before, behind] = [node.entries[first - 1], node.entries[last + 1]]
  if (run.every((entry) => hasOwnLine(text, entry)) && (before === undefined || hasOwnLine(text, before))) {
    for (const entry of run) {
      splices.remove(
        previousLineEnd(text, entry.start) ?? lineStart(text, entry.start),
        lineEnd(text, entry.comma ?? entry.end),
      )
    }
    const isLast = behind === undefined && node.entries[last]?.comma === null
    const follows = added.some(({ after }) => after === first - 1)
    if (isLast && !follows && before?.comma) splices.remove(before.comma, before.comma + 1)
  } else if (before?.comma) splices.remove(before.comma, run.at(-1)?.end ?? before.comma)
  else if (behind !== undefined) splices.remove(run[0]?.start ?? behind.start, behind.start)
}

/** Alone on its lines, with nothing but its comma and a comment behind it. */
function hasOwnLine(text: string, entry: Entry): boolean {
  const end = entry.comma === null ? entry.end : entry.comma + 1
  return (
    startsLine(text, entry.start) &&
    previousLineEnd(text, entry.start) !== null &&
    end - 1 <= lineEnd(text, entry.end) &&
    /^[ \t]*(#.*)?$/.test(text.slice(end, lineEnd(text, end)))
  )
}

function insertEntries(edit: Edit, { node, entries }: CollectionChange, added: Added): void {
  const { text, splices } = edit
  const style = styleWithin(edit.style, text, node)
  const items = added.items.map(({ key, value }) =>
    node.kind === 'map' ? flowPair(key, value, style) : flowText(value, style),
  )
  const kept = node.entries.filter((_, i) => entries[i] !== null)
  if (added.after === null) {
    const next = kept[0]
    if (next === undefined) return
    const gap = startsLine(text, next.start) ? style.lineBreak + padOf(text, next) : style.comma
    splices.insert(next.start, items.map((item) => `${item},${gap}`).join(''))
    return
  }
  const previous = node.entries[added.after]
  if (previous === undefined) return
  if (!hasOwnLine(text, previous)) {
    splices.insert(previous.end, items.map((item) => `,${style.comma}${item}`).join(''))
    return
  }
  if (previous.comma === null) splices.insert(previous.end, ',')
  const closes = kept.at(-1) === previous && !hasTrailingComma(node)
  const lines = items.map(
    (item, i) =>
      style.lineBreak + padOf(text, previous) + item + (closes && i === items.length - 1 ? '' : ','),
  )
  splices.insert(lineEnd(text, previous.comma ?? previous.end), lines.join(''))
}

function hasTrailingComma(node: CollectionNode): boolean {
  return (node.entries.at(-1)?.comma ?? null) !== null
}

function padOf(text: string, entry: Entry): string {
  return text.slice(lineStart(text, entry.start), entry.start)
}
