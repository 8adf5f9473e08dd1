import type { Fates } from './anchors.ts'
import type { Change } from './compare.ts'
import { emitBlockEntries } from './emit-block.ts'
import { emitFlowEntries } from './emit-flow.ts'
import { replaceNode } from './emit-value.ts'
import type { Splices } from './splices.ts'
import type { Style } from './style.ts'
import type { Document, Entry, SyntaxNode } from './syntax.ts'

export type Edit = {
  readonly document: Document
  readonly text: string
  readonly fates: Fates
  readonly style: Style
  readonly splices: Splices
}

/** Where a value stands. */
export type Slot = {
  /** The end of what stands before it: colon, dash, `?`, or its own beginning. */
  readonly head: number
  /** The column of the block collection around it; -1 for none. */
  readonly indent: number
  readonly kind: 'root' | 'pair' | 'element' | 'key'
  readonly flow: boolean
  readonly entry: Entry | null
}

/** Turns what becomes of a node into splices of the text. */
export function emit(edit: Edit, change: Change, slot: Slot): void {
  switch (change.kind) {
    case 'keep':
      return
    case 'alias': {
      const fate = edit.fates.alias(change.node)
      if (fate.kind !== 'keep')
        replaceNode(edit, change.node, fate.value, slot, fate.kind === 'carry' ? fate : null)
      return
    }
    case 'replace':
      replaceNode(edit, change.node, change.value, slot, null)
      return
    case 'collection':
      emitCollection(edit, change, slot)
  }
}

function emitCollection(edit: Edit, change: Change & { kind: 'collection' }, slot: Slot): void {
  const { node, entries } = change
  if (edit.fates.bare.has(node)) removeAnchor(edit, node)
  const flow = slot.flow || node.flow
  const place = { indent: node.flow ? slot.indent : node.column, flow }
  for (const entryChange of entries) {
    if (entryChange === null) continue
    const { entry, key, value } = entryChange
    if (key !== null) emit(edit, key, { ...place, flow: true, kind: 'key', head: entry.start, entry: null })
    emit(edit, value, { ...place, kind: node.kind === 'map' ? 'pair' : 'element', head: entry.head, entry })
  }
  if (node.flow) emitFlowEntries(edit, change)
  else emitBlockEntries(edit, change, slot)
}

function removeAnchor({ text, splices }: Edit, { anchor }: SyntaxNode): void {
  if (anchor === null) return
  const behind = /^[ \t]*/.exec(text.slice(anchor.end))?.[0].length ?? 0
  const next = text[anchor.end + behind]
  if (next !== undefined && next !== '\n' && next !== '\r') splices.remove(anchor.start, anchor.end + behind)
  else {
    const before = /[ \t]*$/.exec(text.slice(0, anchor.start))?.[0].length ?? 0
    splices.remove(anchor.start - before, anchor.end)
  }
}
