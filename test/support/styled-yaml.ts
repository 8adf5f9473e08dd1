import { CORE_SCHEMA, dump, load } from 'js-yaml'
import { isObject, type Json, type JsonObject } from '../../src/core/model/json.ts'

/** Decisions drawn from numbers, so that fast-check can shrink them: zero is always the plainest style. */
export type Choices = (options: number) => number

export function choicesOf(numbers: readonly number[]): Choices {
  let next = 0
  return (options) => {
    const number = numbers[next % Math.max(numbers.length, 1)] ?? 0
    next += 1
    return number % options
  }
}

export type StyledOptions = { readonly anchors: boolean }

/** A YAML text of `value` in many styles that people use, in parts: the head, one part a top-level key, the tail. */
export function styledYaml(
  value: JsonObject,
  choose: Choices,
  options: StyledOptions,
): { head: string; fields: readonly (readonly [key: string, text: string])[]; tail: string } {
  const writer = new StyledWriter(choose, options)
  const lineBreak = ['\n', '\n', '\r\n', '\r'][choose(4)] ?? '\n'
  const finish = (lines: readonly string[]) => lines.map((line) => line + lineBreak).join('')
  const bom = choose(12) === 11 ? '\uFEFF' : ''
  const marker = choose(6) === 5
  const head = [...(choose(3) === 2 ? ['# head of the file', ''] : []), ...(marker ? ['--- # begin'] : [])]
  const fields = Object.entries(value).map(
    ([key, item]) => [key, finish(writer.pair(key, item, 0, false))] as const,
  )
  const tail = [...(choose(4) === 3 ? ['# the end'] : []), ...(marker && choose(2) === 1 ? ['...'] : [])]
  return { head: bom + finish(head), fields, tail: finish(tail) }
}

export function joinStyled({ head, fields, tail }: ReturnType<typeof styledYaml>, choose: Choices): string {
  const text = head + fields.map(([, part]) => part).join('') + tail
  return choose(5) === 4 ? text.replace(/(\r\n|\n|\r)$/, '') : text
}

class StyledWriter {
  readonly #choose: Choices
  readonly #anchors: boolean
  readonly #anchored: { name: string; value: string }[] = []
  #comments = 0

  constructor(choose: Choices, options: StyledOptions) {
    this.#choose = choose
    this.#anchors = options.anchors
  }

  pair(key: string, value: Json, indent: number, first: boolean): string[] {
    const pad = ' '.repeat(indent)
    const above = first ? [] : this.#above(indent)
    const explicit = this.#choose(15) === 14
    const name = this.#key(key)
    const anchor = this.#anchor(value)
    const gap = ' '.repeat(1 + (this.#choose(6) === 5 ? 2 : 0))
    const start = explicit
      ? [`${pad}? ${name}`, `${pad}:`]
      : [`${pad}${name}${this.#choose(12) === 11 ? ' ' : ''}:`]
    const body = this.#value(value, indent, anchor, gap)
    const result = [...above, ...start.slice(0, -1), `${start.at(-1)}${body[0]}`, ...body.slice(1)]
    this.#remember(anchor, value)
    return result
  }

  /** What stands behind a colon or dash, its space included, and the lines below. */
  #value(value: Json, indent: number, anchor: string, gap: string, dash = false): string[] {
    const alias = anchor === '' ? this.#alias(value) : null
    if (alias !== null) return [`${gap}*${alias}${this.#behind()}`]
    const mark = anchor === '' ? '' : `${gap}&${anchor}`
    if (typeof value !== 'object' || value === null) return this.#scalarLines(value, indent, mark, gap, dash)
    if (Object.keys(value).length === 0)
      return [`${mark}${gap}${isObject(value) ? '{}' : '[]'}${this.#behind()}`]
    const style = this.#choose(4)
    if (style === 3 && this.#choose(5) === 4) {
      return [mark + this.#behind(), `${' '.repeat(indent + 1)}${this.#flow(value)}${this.#behind()}`]
    }
    if (style === 3) return [`${mark}${gap}${this.#flow(value)}${this.#behind()}`]
    if (style === 2 && this.#choose(2) === 1) return this.#wideFlow(value, indent, `${mark}${gap}`)
    const inner = indent + 1 + this.#choose(4)
    if (isObject(value)) return [`${mark}${this.#behind()}`, ...this.#map(value, dash ? indent + 2 : inner)]
    return [
      `${mark}${this.#behind()}`,
      ...this.#list(value, !dash && this.#choose(3) === 2 ? indent : dash ? indent + 2 : inner),
    ]
  }

  #map(value: JsonObject, indent: number): string[] {
    return Object.entries(value).flatMap(([key, item]) => this.pair(key, item, indent, false))
  }

  #list(value: readonly Json[], indent: number): string[] {
    return value.flatMap((item) => {
      const above = this.#above(indent)
      const pad = ' '.repeat(indent)
      const anchor = this.#anchor(item)
      const gap = ' '.repeat(1 + (this.#choose(7) === 6 ? 2 : 0))
      const compact =
        anchor === '' &&
        this.#choose(5) > 0 &&
        typeof item === 'object' &&
        item !== null &&
        Object.keys(item).length > 0 &&
        this.#alias(item, false) === null
      let lines: string[]
      if (compact) {
        const inner = indent + 1 + gap.length
        const content = isObject(item)
          ? Object.entries(item).flatMap(([key, entry], i) => this.pair(key, entry, inner, i === 0))
          : this.#list(item as readonly Json[], inner).filter((line, i) => i > 0 || !/^\s*(#|$)/.test(line))
        const start = content.findIndex((line) => !/^\s*(#|$)/.test(line))
        const kept = content.slice(start)
        lines = [`${pad}-${gap}${(kept[0] ?? '').slice(inner)}`, ...kept.slice(1)]
      } else {
        const body = this.#value(item, indent, anchor, gap, true)
        lines = [`${pad}-${body[0]}`, ...body.slice(1)]
      }
      this.#remember(anchor, item)
      return [...above, ...lines]
    })
  }

  #flow(value: Json): string {
    const alias = this.#alias(value)
    if (alias !== null) return `*${alias} `
    const pad = this.#choose(3) === 2 ? ' ' : ''
    const comma = this.#choose(5) === 4 ? ',' : ', '
    if (Array.isArray(value)) {
      const items = value.map((item) => this.#flow(item))
      return `[${pad}${items.join(comma)}${items.length > 0 && this.#choose(6) === 5 ? ',' : ''}${pad}]`
    }
    if (!isObject(value)) return this.#flowScalar(value)
    const pairs = Object.entries(value).map(([key, item]) => `${this.#flowScalar(key)}: ${this.#flow(item)}`)
    return `{${pad}${pairs.join(comma)}${pairs.length > 0 && this.#choose(6) === 5 ? ',' : ''}${pad}}`
  }

  /** A flow collection with each entry on a line of its own. */
  #wideFlow(value: JsonObject | readonly Json[], indent: number, before: string): string[] {
    const pad = ' '.repeat(indent + 2)
    const items = isObject(value)
      ? Object.entries(value).map(([key, item]) => `${this.#flowScalar(key)}: ${this.#flow(item)}`)
      : value.map((item) => this.#flow(item))
    const [open, close] = isObject(value) ? ['{', '}'] : ['[', ']']
    const trailing = this.#choose(2) === 1
    const lines = items.map(
      (item, i) => `${pad}${item}${i < items.length - 1 || trailing ? ',' : ''}${this.#behind()}`,
    )
    return [`${before}${open}`, ...lines, `${' '.repeat(indent + 1)}${close}${this.#behind()}`]
  }

  #scalarLines(value: Json, indent: number, mark: string, gap: string, dash: boolean): string[] {
    // js-yaml takes the next dash of the outer list into a list that ends with an empty element.
    if (value === null && !dash && this.#choose(2) === 1) return [mark + this.#behind()]
    if (typeof value === 'string') {
      const block = this.#choose(3) > 0 ? this.#block(value, indent) : null
      if (block !== null) return [`${mark}${gap}${block[0]}`, ...block.slice(1)]
      const several = this.#choose(3) === 2 ? this.#several(value, indent) : null
      if (several !== null) return [`${mark}${gap}${several[0]}`, ...several.slice(1)]
    }
    const line = `${this.#flowScalar(value)}${this.#behind()}`
    const down = value !== '' && this.#choose(9) === 8
    if (down)
      return [
        mark + this.#behind(),
        ...this.#above(indent + 2),
        `${' '.repeat(indent + 1 + this.#choose(3))}${line}`,
      ]
    return [`${mark}${gap}${line}`]
  }

  #block(value: string, indent: number): string[] | null {
    if (/[^\P{Cc}\n]|[\p{Cs}\ufeff\u2028\u2029\u0085]/u.test(value) || value.trim() === '') return null
    const inner = 1 + this.#choose(4)
    const chomp = value.endsWith('\n\n')
      ? '+'
      : value.endsWith('\n')
        ? this.#choose(4) === 3
          ? '+'
          : ''
        : '-'
    const body = (chomp === '-' ? value : value.slice(0, -1)).split('\n')
    const digit = /^\n* /.test(value) || this.#choose(6) === 5 ? String(inner) : ''
    const fold = this.#choose(3) === 2 && body.every((line) => /^\S/.test(line))
    const text = fold ? body.flatMap((line, i) => [...(i > 0 ? [''] : []), ...this.#broken(line)]) : body
    const header = `${fold ? '>' : '|'}${this.#choose(3) === 2 ? chomp + digit : digit + chomp}`
    const pad = ' '.repeat(indent + inner)
    return [
      header + (this.#choose(4) === 3 ? ' # block' : ''),
      ...text.map((line) => (line === '' ? '' : pad + line)),
    ]
  }

  /** Plain or quoted on several lines. */
  #several(value: string, indent: number): string[] | null {
    const pad = ' '.repeat(indent + 1 + this.#choose(3))
    const words = this.#broken(this.#flowScalar(value))
    return words.length < 2 ? null : words.map((line, i) => (i === 0 ? line : pad + line))
  }

  #broken(line: string): string[] {
    const parts = line.split(/(?<=[^\s\\]) (?=[^\s#])/)
    const lines: string[] = []
    for (const part of parts) {
      if (lines.length > 0 && this.#choose(2) === 0) lines.push(`${lines.pop()} ${part}`)
      else lines.push(part)
    }
    return lines
  }

  #key(key: string): string {
    return this.#flowScalar(key)
  }

  #flowScalar(value: Json): string {
    const style = typeof value === 'string' ? this.#choose(4) : 0
    const options = { flowLevel: 0, lineWidth: -1 } as const
    if (style === 3) return dump([value], { ...options, forceQuotes: true, quotingType: '"' }).slice(1, -2)
    if (style === 2) return dump([value], { ...options, forceQuotes: true }).slice(1, -2)
    return dump([value], options).slice(1, -2)
  }

  #above(indent: number): string[] {
    switch (this.#choose(8)) {
      case 7:
        return [`${' '.repeat(indent)}# note ${this.#count()}`]
      case 6:
        return ['']
      case 5:
        return ['', `${' '.repeat(indent)}# note ${this.#count()}`]
      default:
        return []
    }
  }

  #behind(): string {
    switch (this.#choose(8)) {
      case 7:
        return `  # c${this.#count()}`
      case 6:
        return ' '
      default:
        return ''
    }
  }

  #count(): number {
    this.#comments += 1
    return this.#comments
  }

  #anchor(value: Json): string {
    if (!this.#anchors || this.#alias(value, false) !== null || this.#choose(3) !== 2) return ''
    return this.#choose(4) === 3 ? 'same' : `a${this.#anchored.length}`
  }

  #remember(name: string, value: Json): void {
    if (name !== '') this.#anchored.push({ name, value: JSON.stringify(value) })
  }

  /** The latest anchor of an equal value, now and then. */
  #alias(value: Json, random = true): string | null {
    if (!this.#anchors) return null
    const text = JSON.stringify(value)
    const found = this.#anchored.findLast((anchored) => anchored.value === text)
    if (found === undefined) return null
    const hidden = this.#anchored.findLast((anchored) => anchored.name === found.name) !== found
    return hidden || (random && this.#choose(3) === 0) ? null : found.name
  }
}

/** What the text holds, or undefined where the styles did not go together. */
export function readStyled(text: string): Json | undefined {
  try {
    return load(text, { schema: CORE_SCHEMA }) as Json
  } catch {
    return undefined
  }
}
