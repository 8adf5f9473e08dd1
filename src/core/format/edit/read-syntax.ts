import { CORE_SCHEMA, load } from 'js-yaml'
import { type CST, Parser } from 'yaml'
import { isObject, type Json, own } from '../../model/json.ts'
import { column } from './lines.ts'
import type { AliasNode, Anchor, Document, Entry, SyntaxNode } from './syntax.ts'

/** The two parsers see different things: the text cannot be edited by this tree. */
export class SyntaxMismatch extends Error {
  override readonly name = 'SyntaxMismatch'
}

/** Where everything stands in `text`, whose value is `value` (as js-yaml reads it). */
export function readSyntax(text: string, value: Json): Document {
  const reader = new SyntaxReader(text)
  const token = documentOf(text)
  const root =
    token?.value === undefined ? null : reader.node(token.value, token.start, token.value.offset, value)
  return { text, root, anchored: reader.anchored, aliases: reader.aliases }
}

function documentOf(text: string): CST.Document | undefined {
  // A lone carriage return breaks lines for js-yaml, but not for this parser.
  const tokens = [...new Parser().parse(text.replace(/\r(?!\n)/g, '\n'))]
  const documents = tokens.filter((token) => token.type === 'document')
  if (documents.length > 1 || tokens.some((token) => token.type === 'error')) throw new SyntaxMismatch()
  return documents[0]
}

class SyntaxReader {
  readonly anchored: SyntaxNode[] = []
  readonly aliases: AliasNode[] = []
  readonly #text: string
  readonly #byName = new Map<string, SyntaxNode>()

  constructor(text: string) {
    this.#text = text
  }

  /** `before` are the tokens between the indicator and the node, where its anchor stands. */
  node(
    token: CST.Token | null | undefined,
    before: readonly CST.SourceToken[],
    at: number,
    value: Json,
  ): SyntaxNode {
    const anchor = anchorIn(before)
    const index = this.anchored.length
    const node = this.#read(token, anchor, anchor?.end ?? at, value)
    if (anchor !== null) {
      // An anchor stands before those inside its node.
      this.anchored.splice(index, 0, node)
      this.#byName.set(anchor.name, node)
    }
    return node
  }

  #read(token: CST.Token | null | undefined, anchor: Anchor | null, at: number, value: Json): SyntaxNode {
    if (!token) return { kind: 'empty', start: at, end: at, anchor, value }
    const start = token.offset
    switch (token.type) {
      case 'alias': {
        const target = this.#byName.get(token.source.slice(1))
        if (target === undefined) throw new SyntaxMismatch()
        const end = start + token.source.length
        const alias: AliasNode = { kind: 'alias', start, end, anchor, target, value }
        this.aliases.push(alias)
        return alias
      }
      case 'scalar':
      case 'single-quoted-scalar':
      case 'double-quoted-scalar': {
        if (typeof value === 'object' && value !== null) throw new SyntaxMismatch()
        if (token.source === '') return { kind: 'empty', start: at, end: at, anchor, value }
        return {
          kind: 'scalar',
          style: STYLES[token.type],
          start,
          end: start + token.source.length,
          anchor,
          value,
        }
      }
      case 'block-scalar':
        return this.#blockScalar(token, anchor, value)
      case 'block-map':
      case 'block-seq':
      case 'flow-collection':
        return this.#collection(token, anchor, value)
      default:
        throw new SyntaxMismatch()
    }
  }

  #blockScalar(token: CST.BlockScalar, anchor: Anchor | null, value: Json): SyntaxNode {
    const header = token.props.find((prop) => prop.type === 'block-scalar-header')
    const last = token.props.at(-1)
    if (header === undefined || !('source' in header) || last === undefined || !('source' in last)) {
      throw new SyntaxMismatch()
    }
    const source = header.source.includes('+')
      ? token.source.replace(/(\r\n|\n|\r)$/, '')
      : token.source.replace(/\s+$/, '')
    const content = last.offset + last.source.length
    const end =
      source.trim() === '' && !header.source.includes('+')
        ? header.offset + header.source.length
        : content + source.length
    return { kind: 'block-scalar', start: header.offset, end, header: header.source, anchor, value }
  }

  #collection(
    token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection,
    anchor: Anchor | null,
    value: Json,
  ): SyntaxNode {
    const flow = token.type === 'flow-collection'
    const isMap = flow ? token.start.source === '{' : token.type === 'block-map'
    const entries = isMap ? this.#pairs(token, value) : this.#elements(token, value)
    const start = flow ? token.offset : (entries[0]?.start ?? token.offset)
    const close = flow ? token.end[0] : undefined
    if (flow && close === undefined) throw new SyntaxMismatch()
    const end = close === undefined ? (entries.at(-1)?.end ?? token.offset) : close.offset + 1
    const place = { flow, start, end, anchor, entries, column: flow ? 0 : column(this.#text, start) }
    if (isMap && isObject(value)) return { ...place, kind: 'map', value }
    if (!isMap && Array.isArray(value)) return { ...place, kind: 'list', value }
    throw new SyntaxMismatch()
  }

  #pairs(token: CollectionToken, value: Json): Entry[] {
    if (!isObject(value)) throw new SyntaxMismatch()
    const items = token.items.filter(
      (item) => item.key !== undefined || item.sep !== undefined || item.value !== undefined,
    )
    const commas = commasOf(token)
    const entries = items.map((item) => this.#pair(item, commas.get(item) ?? null, value))
    const keys = new Set(entries.map((entry) => entry.key))
    if (keys.size !== items.length || keys.size !== Object.keys(value).length) throw new SyntaxMismatch()
    return entries
  }

  #pair(item: CST.CollectionItem, comma: number | null, object: Json): Entry {
    const question = item.start.find((token) => token.type === 'explicit-key-ind')
    const keyAt = question === undefined ? undefined : question.offset + 1
    const colon = item.sep?.find((token) => token.type === 'map-value-ind')
    const anchor = anchorIn(item.start)
    const start = Math.min(
      ...[question?.offset, anchor?.start, item.key?.offset, colon?.offset].filter(
        (offset) => offset !== undefined,
      ),
    )
    const key = this.#keyOf(item.key, object)
    const keyNode = this.node(
      item.key,
      item.start,
      keyAt ?? start,
      isCollectionToken(item.key) ? this.#load(item.key) : key,
    )
    const value = isObject(object) ? own(object, key) : undefined
    if (value === undefined || !Number.isFinite(start)) throw new SyntaxMismatch()
    const head = colon === undefined ? Math.max(keyNode.end, keyAt ?? 0) : colon.offset + 1
    const node = this.node(item.value, item.sep ?? [], head, value)
    const end = Math.max(head, node.end, node.anchor?.end ?? 0)
    return { start, head, end, key, keyNode, colon: colon !== undefined, comma, value: node }
  }

  #elements(token: CollectionToken, value: Json): Entry[] {
    if (!Array.isArray(value)) throw new SyntaxMismatch()
    const flow = token.type === 'flow-collection'
    const items = token.items.filter((item) =>
      flow
        ? item.value !== undefined || item.key !== undefined
        : item.start.some((part) => part.type === 'seq-item-ind'),
    )
    if (items.length !== value.length) throw new SyntaxMismatch()
    const commas = commasOf(token)
    return items.map((item, i) => {
      const dash = item.start.find((part) => part.type === 'seq-item-ind')
      const at = anchorIn(item.start)?.start ?? item.key?.offset ?? item.value?.offset ?? 0
      const start = dash?.offset ?? at
      const head = dash === undefined ? at : dash.offset + 1
      const node = item.sep
        ? pairWithoutBraces(item, at, value[i] ?? null)
        : this.node(item.value, item.start, head, value[i] ?? null)
      const end = Math.max(head, node.end, node.anchor?.end ?? 0)
      return {
        start,
        head,
        end,
        key: String(i),
        keyNode: null,
        colon: false,
        comma: commas.get(item) ?? null,
        value: node,
      }
    })
  }

  /** The key as js-yaml reads it: always a text. */
  #keyOf(token: CST.Token | null | undefined, object: Json): string {
    if (!token) return 'null'
    if (token.type === 'alias') return keyText(this.#byName.get(token.source.slice(1))?.value ?? null)
    if (token.type === 'scalar' && isObject(object) && own(object, token.source) !== undefined)
      return token.source
    return keyText(this.#load(token))
  }

  #load(token: CST.Token): Json {
    const end = endOfToken(token)
    const source = this.#text.slice(token.offset, end)
    const pad = /[\r\n]/.test(source) ? ' '.repeat(column(this.#text, token.offset)) : ''
    // What js-yaml reads under the core schema are the values of JSON.
    return (load(pad + source, { schema: CORE_SCHEMA }) ?? null) as Json
  }
}

type CollectionToken = CST.BlockMap | CST.BlockSequence | CST.FlowCollection

const STYLES = {
  scalar: 'plain',
  'single-quoted-scalar': 'single',
  'double-quoted-scalar': 'double',
} as const

/** `[a: b]`: a map that has no place of its own for another pair, so it changes as a whole. */
function pairWithoutBraces(item: CST.CollectionItem, start: number, value: Json): SyntaxNode {
  const last = item.value ?? item.sep?.findLast((part) => part.type === 'map-value-ind')
  if (last === undefined) throw new SyntaxMismatch()
  return { kind: 'scalar', style: 'plain', start, end: endOfToken(last), anchor: null, value }
}

function anchorIn(tokens: readonly CST.SourceToken[]): Anchor | null {
  if (tokens.some((token) => token.type === 'tag')) throw new SyntaxMismatch()
  const anchor = tokens.findLast((token) => token.type === 'anchor')
  if (anchor === undefined) return null
  return { name: anchor.source.slice(1), start: anchor.offset, end: anchor.offset + anchor.source.length }
}

/** The comma behind each entry of a flow collection: it stands in front of the next one. */
function commasOf(token: CollectionToken): Map<CST.CollectionItem, number> {
  const commas = new Map<CST.CollectionItem, number>()
  if (token.type !== 'flow-collection') return commas
  for (const [i, item] of token.items.entries()) {
    const comma = token.items[i + 1]?.start.find((part) => part.type === 'comma')
    if (comma !== undefined) commas.set(item, comma.offset)
  }
  return commas
}

function isCollectionToken(token: CST.Token | null | undefined): token is CollectionToken {
  return token?.type === 'block-map' || token?.type === 'block-seq' || token?.type === 'flow-collection'
}

/** As js-yaml makes texts of keys: elements of a list one by one, objects by their default text. */
function keyText(value: Json): string {
  if (Array.isArray(value)) return value.map((item) => (isObject(item) ? '[object Object]' : item)).join(',')
  return isObject(value) ? '[object Object]' : String(value)
}

function endOfToken(token: CST.Token): number {
  if (token.type === 'flow-collection') return (token.end[0]?.offset ?? token.offset) + 1
  if ('items' in token) {
    const last = token.items.findLast((item) => item.value || item.key)
    const inner = last?.value ?? last?.key
    return inner ? endOfToken(inner) : token.offset
  }
  return token.offset + ('source' in token ? token.source.length : 0)
}
