import type { Json } from '../../model/json.ts'
import { needsEscapes } from './escapes.ts'
import { type Fragment, flowScalar, scalarFragment } from './fragment.ts'
import { column } from './lines.ts'
import type { Style } from './style.ts'
import type { ScalarNode } from './syntax.ts'
import { wrapLike } from './wrap.ts'

/** A new scalar in the place of an old one: quoted as it was where the new value can be. */
export function restyleScalar(
  text: string,
  node: ScalarNode,
  value: Json,
  place: { readonly flow: boolean; readonly indent: number },
  style: Style,
): Fragment {
  if (typeof value === 'string' && node.style !== 'plain') {
    const quoted = quoteAs(node.style, value, style)
    if (quoted !== null) return { head: rewrap(text, node, quoted, style), lines: [] }
  }
  // The old one was plain, so the neighbours' quotes say nothing here; numbers and the like are plain anyway.
  const free = {
    ...style,
    values: node.style === 'plain' && typeof node.value === 'string' ? null : style.values,
  }
  if (place.flow)
    return { head: flowScalar(value, typeof value === 'string' ? free.values : null, free), lines: [] }
  if (
    typeof value === 'string' &&
    isSeveralLines(text, node) &&
    node.style === 'plain' &&
    isPlain(value, style)
  ) {
    return { head: rewrap(text, node, value, style), lines: [] }
  }
  return scalarFragment(value, place.indent, free)
}

function quoteAs(quotes: 'single' | 'double', value: string, style: Style): string | null {
  if (quotes === 'double') return flowScalar(value, '"', style)
  return needsEscapes(value) || value.includes('\n') ? null : `'${value.replaceAll("'", "''")}'`
}

function isPlain(value: string, style: Style): boolean {
  return flowScalar(value, null, style) === value
}

function isSeveralLines(text: string, node: ScalarNode): boolean {
  return /[\r\n]/.test(text.slice(node.start, node.end))
}

/** A scalar that stood on several lines stays so, broken where the person broke it. */
function rewrap(text: string, node: ScalarNode, written: string, style: Style): string {
  const raw = text.slice(node.start, node.end).split(/\r\n|\n|\r/)
  const [first = '', second = ''] = raw
  if (raw.length < 2 || raw.some((line) => line.trim() === '')) return written
  const pad = second.slice(0, second.length - second.trimStart().length)
  const lines = wrapLike(
    [first.trimEnd(), ...raw.slice(1).map((line) => line.trim())],
    written,
    Math.max(40, 80 - column(text, node.start)),
  )
  return lines.join(style.lineBreak + pad)
}
