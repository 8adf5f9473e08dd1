import { lineBreakOf } from './lines.ts'
import type { CollectionNode, Document, SyntaxNode } from './syntax.ts'

export type Quote = "'" | '"'

/** How the person writes: what new text has to look like. */
export type Style = {
  readonly lineBreak: string
  /** How much deeper a nested map stands. */
  readonly step: number
  /** How much deeper a list stands than its key; 0 for lists flush with it. */
  readonly listStep: number
  /** Where a text must be quoted. */
  readonly quote: Quote
  /** Where the neighbours are quoted although they need not be. */
  readonly values: Quote | null
  readonly keys: Quote | null
  /** A space inside the braces of flow maps, and inside brackets. */
  readonly braces: boolean
  readonly brackets: boolean
  /** The space behind the comma. */
  readonly comma: string
  /** The space behind the colon of a quoted key in flow maps. */
  readonly colon: string
  /** How several lines may be written: as `|+` too, which keeps the last blank lines; as `|`; or only quoted. */
  readonly blocks: 'keep' | 'clip' | 'none'
  /** Whether all collections but the outermost are written on one line. */
  readonly flow: boolean
}

export function styleOf(document: Document): Style {
  const counts = { single: 0, double: 0 }
  const steps: number[] = []
  const listSteps: number[] = []
  const flows: CollectionNode[] = []
  const blocks: CollectionNode[] = []
  const texts: SyntaxNode[] = []
  const keys: (SyntaxNode | null)[] = []
  visit(document.root, (node) => {
    if (node.kind === 'scalar' && node.style !== 'plain') counts[node.style] += 1
    if (typeof node.value === 'string' && node.kind !== 'alias') texts.push(node)
    if (node.kind !== 'map' && node.kind !== 'list') return
    if (node.kind === 'map') keys.push(...node.entries.map((entry) => entry.keyNode))
    const kinds = node.flow ? flows : blocks
    kinds.push(node)
    if (!node.flow && node.kind === 'map') {
      for (const { value } of node.entries) {
        if (value.kind === 'map' && !value.flow) steps.push(value.column - node.column)
        if (value.kind === 'list' && !value.flow) listSteps.push(value.column - node.column)
      }
    }
  })
  const keyQuote = keys.length > 0 ? quoteOfAll(keys) : null
  const step = mostCommon(steps) ?? 2
  const { text } = document
  return {
    lineBreak: lineBreakOf(text),
    step,
    listStep: mostCommon(listSteps) ?? step,
    quote: counts.double > counts.single ? '"' : "'",
    values: texts.length > (keyQuote === null ? 1 : 0) ? quoteOfAll(texts) : null,
    keys: keyQuote,
    braces: flows.some((node) => node.kind === 'map' && text[node.start + 1] === ' '),
    brackets: flows.some((node) => node.kind === 'list' && text[node.start + 1] === ' '),
    comma:
      flows.every((node) => node.entries.length < 2 || isCondensed(text, node)) &&
      flows.some((node) => isCondensed(text, node))
        ? ''
        : ' ',
    colon: ' ',
    blocks: 'keep',
    flow: flows.some((node) => node.entries.length > 0) && blocks.every((node) => node === document.root),
  }
}

/** The style for new text inside of `node`: as its own entries have it. */
export function styleWithin(style: Style, text: string, node: CollectionNode): Style {
  const values = node.entries.map((entry) => entry.value).filter((value) => typeof value.value === 'string')
  const keys = node.entries.map((entry) => entry.keyNode)
  const condensed = node.flow && node.entries.length > 1
  return {
    ...style,
    values: values.length > 1 ? quoteOfAll(values) : style.values,
    keys: keys.length > 0 && node.kind === 'map' ? quoteOfAll(keys) : style.keys,
    comma: condensed ? (isCondensed(text, node) ? '' : ' ') : style.comma,
    colon: node.entries.some(
      (entry) => entry.colon && entry.value.start === entry.head && entry.value.end > entry.head,
    )
      ? ''
      : ' ',
    ...(node.flow && node.kind === 'map' && { braces: text[node.start + 1] === ' ' }),
    ...(node.flow && node.kind === 'list' && { brackets: text[node.start + 1] === ' ' }),
  }
}

function isCondensed(text: string, node: CollectionNode): boolean {
  const comma = node.entries[0]?.comma ?? null
  return comma !== null && !/\s/.test(text[comma + 1] ?? ' ')
}

function quoteOfAll(nodes: readonly (SyntaxNode | null)[]): Quote | null {
  const styles = new Set(nodes.map((node) => (node?.kind === 'scalar' ? node.style : 'plain')))
  if (styles.size !== 1) return null
  if (styles.has('double')) return '"'
  return styles.has('single') ? "'" : null
}

function visit(node: SyntaxNode | null, see: (node: SyntaxNode) => void): void {
  if (node === null) return
  see(node)
  if (node.kind === 'map' || node.kind === 'list') for (const entry of node.entries) visit(entry.value, see)
}

function mostCommon(numbers: readonly number[]): number | null {
  const counts = new Map<number, number>()
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1)
  let best: number | null = null
  for (const [number, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = number
  return best
}

/** Spaces between a dash and its element. */
export function dashGap(text: string, dash: number, value: SyntaxNode): number {
  const gap = value.start - dash - 1
  return value.kind !== 'empty' && gap > 0 && /^ +$/.test(text.slice(dash + 1, value.start)) ? gap : 1
}
