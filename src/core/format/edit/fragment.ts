import { type DumpOptions, dump } from 'js-yaml'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { Quote, Style } from './style.ts'

/**
 * New text for a value: `head` stands on the line of the colon or dash, `lines` stand below it. A scalar
 * has its text (or `|-`) in the head; a block collection behind a colon has an empty one.
 */
export type Fragment = { readonly head: string; readonly lines: readonly string[] }

/** Keys longer than this need `? ` in front. */
const LONGEST_SIMPLE_KEY = 1024
const NARROWEST = 40

/** A value behind a colon, in a map whose keys stand at `indent`. */
export function valueFragment(value: Json, indent: number, style: Style): Fragment {
  if (!isFull(value)) return scalarFragment(value, indent, style)
  return isObject(value)
    ? { head: '', lines: mapLines(value, indent + style.step, style) }
    : { head: '', lines: listLines(value, indent + style.listStep, style) }
}

/** A value behind a dash at `indent` that has `gap` spaces behind it. */
export function elementFragment(value: Json, indent: number, gap: number, style: Style): Fragment {
  if (!isFull(value)) return scalarFragment(value, indent, style)
  const inner = indent + 1 + gap
  const [first = '', ...lines] = isObject(value)
    ? mapLines(value, inner, style)
    : listLines(value, inner, style)
  return { head: first.slice(inner), lines }
}

/** A scalar or an empty collection, inside of a block collection at `indent`. */
export function scalarFragment(value: Json, indent: number, style: Style): Fragment {
  if (typeof value === 'string' && needsQuotes(value, style)) {
    return { head: flowScalar(value, '"', style), lines: [] }
  }
  const [head = '', ...rest] = dumpScalar(value, {
    indent: style.step,
    lineWidth: style.blocks === 'none' ? -1 : Math.max(NARROWEST, 80 - indent),
    ...quoting(typeof value === 'string' && !value.includes('\n') ? style.values : null, style),
  }).split('\n')
  const pad = ' '.repeat(indent)
  return { head, lines: rest.map((line) => (line === '' ? '' : pad + line)) }
}

function needsQuotes(value: string, { blocks }: Style): boolean {
  return (blocks === 'clip' && /(^|\n)\n$/.test(value)) || (blocks === 'none' && value.includes('\n'))
}

export function mapLines(value: JsonObject, indent: number, style: Style): string[] {
  return Object.entries(value).flatMap(([key, item]) => pairLines(key, item, indent, style))
}

export function listLines(value: readonly Json[], indent: number, style: Style): string[] {
  return value.flatMap((item) => elementLines(elementFragment(item, indent, 1, style), indent, 1))
}

export function elementLines(fragment: Fragment, indent: number, gap: number): string[] {
  return [`${' '.repeat(indent)}-${' '.repeat(gap)}${fragment.head}`, ...fragment.lines]
}

export function pairLines(key: string, value: Json, indent: number, style: Style): string[] {
  const pad = ' '.repeat(indent)
  const text = keyText(key, style)
  if (text.length > LONGEST_SIMPLE_KEY) return [`${pad}? ${text}`, `${pad}: ${flowText(value, style)}`]
  const { head, lines } = valueFragment(value, indent, style)
  return [`${pad}${text}:${head === '' ? '' : ' '}${head}`, ...lines]
}

export function keyText(key: string, style: Style): string {
  return flowScalar(key, style.keys, style)
}

/** A value on one line, as it stands in flow collections. */
export function flowText(value: Json, style: Style): string {
  if (Array.isArray(value))
    return bracket(
      '[',
      value.map((item) => flowText(item, style)),
      ']',
      style.brackets,
      style,
    )
  if (!isObject(value)) return flowScalar(value, typeof value === 'string' ? style.values : null, style)
  return bracket(
    '{',
    Object.entries(value).map(([key, item]) => flowPair(key, item, style)),
    '}',
    style.braces,
    style,
  )
}

export function flowPair(key: string, value: Json, style: Style): string {
  const text = keyText(key, style)
  const colon = text.startsWith('"') || text.startsWith("'") ? style.colon : ' '
  return `${text.length > LONGEST_SIMPLE_KEY ? '? ' : ''}${text}:${colon}${flowText(value, style)}`
}

function bracket(
  open: string,
  items: readonly string[],
  close: string,
  padded: boolean,
  style: Style,
): string {
  if (items.length === 0) return open + close
  const pad = padded ? ' ' : ''
  return open + pad + items.join(`,${style.comma}`) + pad + close
}

/** Safe in every context: as an element of a flow list, on one line. */
export function flowScalar(value: Json, forced: Quote | null, style: Style): string {
  return dump([value], { flowLevel: 0, lineWidth: -1, noRefs: true, ...quoting(forced, style) }).slice(1, -2)
}

function dumpScalar(value: Json, options: DumpOptions): string {
  return dump(value, options).replace(/\n$/, '')
}

function quoting(forced: Quote | null, style: Style): DumpOptions {
  const quotingType = forced ?? style.quote
  return { quotingType, forceQuotes: forced !== null }
}

function isFull(value: Json): value is JsonObject | readonly Json[] {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}
