import { CORE_SCHEMA, load } from 'js-yaml'
import { needsEscapes } from './escapes.ts'
import { isBlankLine, lineEnd, nextLine } from './lines.ts'
import type { BlockScalarNode } from './syntax.ts'
import { wrapLike } from './wrap.ts'

/** A block scalar with a new text: what becomes of its header, and of some of its lines. */
export type BlockEdit = {
  readonly header: string
  /** The lines between these offsets (ends of lines) are replaced. */
  readonly from: number
  readonly to: number
  readonly lines: readonly string[]
}

/** In the style that it has, or null where that cannot hold the text. `indent` is that of its collection. */
export function editBlockScalar(
  text: string,
  node: BlockScalarNode,
  value: string,
  indent: number,
  step: number,
): BlockEdit | null {
  if (needsEscapes(value) || value.trim() === '') return null
  const style = node.header[0] === '>' ? '>' : '|'
  const raw = rawLines(text, node)
  const chomp = chompingOf(text, node, value)
  if (chomp === null) return null
  const digit = /[1-9]/.exec(node.header)?.[0]
  const column =
    digit === undefined ? (columnOf(raw) ?? Math.max(indent, 0) + step) : Math.max(indent, 0) + Number(digit)
  const body = chomp === '-' ? value : value.slice(0, -1)
  const old = raw.map((line) => line.slice(column))
  const lines = style === '|' ? body.split('\n') : fold(body, old, Math.max(80 - column, 40))
  const indicator = digit ?? (/^\n* /.test(value) ? String(column - Math.max(indent, 0)) : '')
  const header = headerOf(node.header, indicator, chomp)
  const written = lines.map((line) => (line === '' ? '' : ' '.repeat(column) + line))
  if (!reads(header, written, Math.max(indent, 0), value)) return null
  return { header, ...changedLines(text, node, raw, written) }
}

/** The part between the lines that stay, whose bytes are left alone. */
function changedLines(
  text: string,
  node: BlockScalarNode,
  raw: readonly string[],
  written: readonly string[],
) {
  const same = (a: string | undefined, b: string | undefined) => a === b || (a?.trim() === '' && b === '')
  let head = 0
  while (head < raw.length && head < written.length && same(raw[head], written[head])) head += 1
  let tail = 0
  while (
    tail < raw.length - head &&
    tail < written.length - head &&
    same(raw.at(-1 - tail), written.at(-1 - tail))
  )
    tail += 1
  const ends = [lineEnd(text, node.start)]
  for (let i = 0; i < raw.length; i += 1) ends.push(lineEnd(text, nextLine(text, ends[i] ?? 0)))
  return {
    from: ends[head] ?? node.end,
    to: ends[raw.length - tail] ?? node.end,
    lines: written.slice(head, written.length - tail),
  }
}

function rawLines(text: string, node: BlockScalarNode): string[] {
  const lines: string[] = []
  for (let at = nextLine(text, node.start); at <= node.end && at > node.start; ) {
    lines.push(text.slice(at, lineEnd(text, at)))
    const next = nextLine(text, at)
    if (next === at || (next === text.length && lineEnd(text, at) === next)) break
    at = next
  }
  return node.end <= lineEnd(text, node.start) ? [] : lines
}

function columnOf(raw: readonly string[]): number | null {
  const line = raw.find((candidate) => candidate.trim() !== '')
  return line === undefined ? null : (/^ */.exec(line)?.[0].length ?? 0)
}

/** The old chomping where it can hold the new end of the text. Blank lines behind must not be taken in. */
function chompingOf(text: string, node: BlockScalarNode, value: string): string | null {
  if (!value.endsWith('\n')) return '-'
  const keeps = node.header.includes('+')
  const behind = nextLine(text, node.end)
  const alone = behind > node.end && !isBlankLine(text, behind)
  if (keeps && alone) return '+'
  if (!value.endsWith('\n\n')) return ''
  return alone ? '+' : null
}

/** The person's own order of indicators, `|-2` or `|2-`. */
function headerOf(old: string, indicator: string, chomp: string): string {
  const digitLast = /[+-]\d/.test(old)
  return old.slice(0, 1) + (digitLast ? chomp + indicator : indicator + chomp)
}

/** Folded lines: a line break is written as a blank line, but beside lines that begin with a space. */
function fold(body: string, old: readonly string[], width: number): string[] {
  const paragraphs = paragraphsOf(old)
  const result: string[] = []
  let previous: string | null = null
  let index = 0
  for (const line of body.split('\n')) {
    if (line === '') {
      result.push('')
      continue
    }
    const indented = /^[ \t]/.test(line)
    if (previous !== null && !indented && !/^[ \t]/.test(previous)) result.push('')
    const known = paragraphs.find((paragraph) => paragraph.join(' ') === line) ?? paragraphs[index] ?? []
    result.push(...(indented ? [line] : wrapLike(known, line, width)))
    previous = line
    index += 1
  }
  return result
}

/** The old lines that fold into one, together. */
function paragraphsOf(lines: readonly string[]): string[][] {
  const paragraphs: string[][] = []
  let open = false
  for (const line of lines) {
    if (line.trim() === '') open = false
    else if (/^[ \t]/.test(line)) {
      paragraphs.push([line])
      open = false
    } else if (open) paragraphs.at(-1)?.push(line)
    else {
      paragraphs.push([line])
      open = true
    }
  }
  return paragraphs
}

function reads(header: string, lines: readonly string[], indent: number, value: string): boolean {
  const pad = ' '.repeat(indent)
  try {
    const read = load(`${pad}key: ${[header, ...lines].join('\n')}\n`, { schema: CORE_SCHEMA })
    return typeof read === 'object' && read !== null && 'key' in read && read.key === value
  } catch {
    return false
  }
}
