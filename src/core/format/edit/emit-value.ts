import { isObject, type Json } from '../../model/json.ts'
import { editBlockScalar } from './block-scalar.ts'
import type { Edit, Slot } from './emit.ts'
import {
  elementFragment,
  type Fragment,
  flowText,
  listLines,
  mapLines,
  scalarFragment,
  valueFragment,
} from './fragment.ts'
import { column, isBlankLine, lineEnd, nextLine, previousLineEnd, startsLine } from './lines.ts'
import { restyleScalar } from './scalar.ts'
import { dashGap, type Style, styleWithin } from './style.ts'
import type { CollectionNode, SyntaxNode } from './syntax.ts'

/** An alias that carries on the old value of its anchor. */
export type Carrier = { readonly name: string; readonly from: SyntaxNode }

/** Another value in the place of a node. Comments on its line stay, and so does its anchor where it may. */
export function replaceNode(
  edit: Edit,
  node: SyntaxNode,
  value: Json,
  slot: Slot,
  carrier: Carrier | null,
): void {
  const { text, splices, style } = edit
  const bare = edit.fates.bare.has(node)
  if (node.kind === 'block-scalar' && typeof value === 'string' && !bare) {
    const block = editBlockScalar(text, node, value, slot.indent, style.step)
    if (block !== null) {
      splices.replace(node.start, node.start + node.header.length, block.header)
      splices.replace(block.from, block.to, below(block.lines, style))
      return
    }
  }
  if (slot.flow) {
    replaceInFlow(edit, node, value, slot, carrier)
    return
  }
  const old = extentOf(text, node, slot)
  const anchored = carrier !== null || (node.anchor !== null && !bare)
  const make = (withStyle: Style) =>
    fragmentFor({ ...edit, style: withStyle }, node, value, slot, carrier, anchored, old.head)
  const draft = make(style)
  const fragment =
    draft.lines.at(-1) === '' && !isAlone(text, old.bodyTo) ? make({ ...style, blocks: 'clip' }) : draft
  // Nothing but the anchor stays in front.
  const front = node.anchor === null ? slot.head : bare ? slot.head : node.anchor.end
  if (slot.entry !== null && slot.kind === 'pair' && !slot.entry.colon) {
    const glue = `${style.lineBreak}${' '.repeat(Math.max(slot.indent, 0))}: `
    splices.insert(lineEnd(text, slot.entry.end), glue + flowText(value, style))
    return
  }
  if (old.head === null)
    splices.replace(
      front,
      bare ? (node.anchor?.end ?? front) : front,
      spaced(text, front, fragment.head, slot),
    )
  else if (fragment.head === '' && !bare && startsLine(text, old.head.start)) {
    splices.replace(previousLineEnd(text, old.head.start) ?? front, old.bodyTo, below(fragment.lines, style))
    return
  } else if (fragment.head === '') splices.remove(front, old.head.end)
  else if (bare) splices.replace(front, old.head.end, spaced(text, front, fragment.head, slot))
  else splices.replace(old.head.start, old.head.end, fragment.head)
  // The lines of a text follow its `|` at once: comments in between would become part of it.
  const isText = old.head === null && fragment.head !== '' && fragment.lines.length > 0
  splices.replace(isText ? lineEnd(text, front) : old.bodyFrom, old.bodyTo, below(fragment.lines, style))
}

/** On one line, whatever it is. */
function replaceInFlow(edit: Edit, node: SyntaxNode, value: Json, slot: Slot, carrier: Carrier | null): void {
  const bare = edit.fates.bare.has(node)
  const { head } = fragmentFor(edit, node, value, slot, carrier, false, null)
  if (slot.kind === 'pair' && slot.entry?.colon === false) edit.splices.insert(slot.entry.end, `: ${head}`)
  else if (bare && node.anchor !== null) edit.splices.replace(node.anchor.start, node.end, head)
  else
    edit.splices.replace(
      node.start,
      node.end,
      node.kind === 'empty' ? spaced(edit.text, node.start, head, slot) : head,
    )
}

/** New lines under the one that ends here. */
export function below(lines: readonly string[], style: Style): string {
  return lines.map((line) => style.lineBreak + line).join('')
}

/** Whether a text that keeps its blank lines (`|+`) may end here: it would take in those that follow. */
export function isAlone(text: string, at: number): boolean {
  const next = nextLine(text, lineEnd(text, at))
  return next > lineEnd(text, at) && !isBlankLine(text, next)
}

function spaced(text: string, at: number, head: string, slot: Slot): string {
  return head === '' || slot.kind === 'root' || slot.kind === 'key' || /\s/.test(text[at - 1] ?? ' ')
    ? head
    : ` ${head}`
}

type Extent = {
  readonly head: { readonly start: number; readonly end: number } | null
  readonly bodyFrom: number
  readonly bodyTo: number
}

/** The part of a node on the line of its colon or dash, and the lines below that are its own. */
function extentOf(text: string, node: SyntaxNode, slot: Slot): Extent {
  if (node.kind === 'block-scalar') {
    const end = node.start + node.header.length
    const bodyFrom = lineEnd(text, end)
    return { head: { start: node.start, end }, bodyFrom, bodyTo: Math.max(bodyFrom, lineEnd(text, node.end)) }
  }
  const behind = lineEnd(text, node.end)
  if (node.kind === 'empty') return { head: null, bodyFrom: behind, bodyTo: behind }
  const own =
    (node.kind === 'map' || node.kind === 'list') &&
    !node.flow &&
    slot.kind !== 'root' &&
    startsLine(text, node.start)
  if (own) return { head: null, bodyFrom: previousLineEnd(text, node.start) ?? node.start, bodyTo: behind }
  return { head: { start: node.start, end: node.end }, bodyFrom: behind, bodyTo: behind }
}

function fragmentFor(
  edit: Edit,
  node: SyntaxNode,
  value: Json,
  slot: Slot,
  carrier: Carrier | null,
  anchored: boolean,
  old: Extent['head'],
): Fragment {
  const { text, style } = edit
  const prefix = carrier === null ? '' : `&${carrier.name} `
  const source = carrier === null ? null : sourceOf(text, carrier.from, slot)
  if (source !== null) return { head: prefix + source, lines: [] }
  if (node.kind === 'scalar' && (typeof value !== 'object' || value === null))
    return restyleScalar(text, node, value, slot, style)
  if (isFlow(node, slot, style) && typeof value === 'object' && value !== null) {
    return { head: flowText(value, styleWithin(style, text, node)), lines: [] }
  }
  if (slot.flow) return { head: prefix + flowText(value, style), lines: [] }
  const full = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  if (!full) {
    const { head, lines } = scalarFragment(value, Math.max(slot.indent, 0), style)
    return { head: prefix + head, lines }
  }
  if (slot.kind === 'pair') return withPrefix(prefix, valueFragment(value, slot.indent, style))
  // Below its dash, or without one.
  const ownLine = slot.kind === 'root' || (old !== null && startsLine(text, node.start))
  const indent = ownLine ? column(text, node.start) : slot.indent + 2
  if (anchored || ownLine) {
    const lines = isObject(value) ? mapLines(value, indent, style) : listLines(value, indent, style)
    return ownLine
      ? { head: (lines[0] ?? '').slice(indent), lines: lines.slice(1) }
      : { head: prefix.trim(), lines }
  }
  const gap = slot.entry === null ? 1 : dashGap(text, slot.entry.start, slot.entry.value)
  return elementFragment(value, slot.indent, gap, style)
}

/** `[]` and `{}` are written so in every style, and say nothing about it. */
function isFlow(node: SyntaxNode, slot: Slot, style: Style): node is CollectionNode {
  if ((node.kind !== 'map' && node.kind !== 'list') || !node.flow) return false
  return node.entries.length > 0 || slot.flow || style.flow
}

function withPrefix(prefix: string, { head, lines }: Fragment): Fragment {
  return { head: (prefix + head).trimEnd(), lines }
}

/** The old value as the person wrote it, where it can stand as it is. */
function sourceOf(text: string, node: SyntaxNode, slot: Slot): string | null {
  const source = text.slice(node.start, node.end)
  if (/[\r\n]/.test(source)) return null
  if ((node.kind === 'map' || node.kind === 'list') && node.flow) return /[&*#]/.test(source) ? null : source
  if (node.kind !== 'scalar') return null
  return slot.flow && node.style === 'plain' && /[,[\]{}]/.test(source) ? null : source
}
