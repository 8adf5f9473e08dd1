import { CORE_SCHEMA, load } from 'js-yaml'
import type { Json } from '../model/json.ts'
import { isObject } from '../model/json.ts'
import type { Limits } from './limits.ts'
import { parserDepth } from './parser-options.ts'
import { describeParserError, type Spot, tooManyAliases } from './yaml-errors.ts'
import type { TreeDocument, YamlNode } from './yaml-node.ts'
import { readTree } from './yaml-tree.ts'

export type ParsedYaml =
  /** `value` is null for a file that holds nothing; problems may stand beside it, and the rest is checked all the same. */
  | { readonly kind: 'value'; readonly value: Json; readonly problems: readonly Spot[] }
  | { readonly kind: 'unreadable'; readonly problem: Spot }

/**
 * A tag, anchor or alias where a node may begin, or a key that is a collection. Anything else that js-yaml lets
 * through is plain data, so the fast tier answers. Every repetition is anchored at one character: linear time.
 */
const NEEDS_TREE = /(?:^|[\n\r][ \t]*|[:?-][ \t]*|[[{,][ \t]*)(?:[!&]|\*\S|\?\s)|[\]}][ \t]*:/

/** Fast tier first: js-yaml's own load. Only a file that it refuses, or that may hold more than data, is read with positions. */
export function parseYaml(text: string, limits: Limits): ParsedYaml {
  if (longerThan(text, limits.fileBytes)) return { kind: 'unreadable', problem: tooLarge(limits) }
  const body = withoutByteOrderMark(text)
  // A file that may hold aliases is counted first: as keys they could make the parser build enormous texts.
  const strict = NEEDS_TREE.test(body) ? null : loadStrictly(body, limits)
  if (strict?.kind === 'value') return { kind: 'value', value: strict.value, problems: [] }
  return parseWithTree(body, limits, strict)
}

type Strict =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'refused'; readonly error: unknown }

function loadStrictly(body: string, limits: Limits): Strict {
  try {
    const options = { schema: CORE_SCHEMA, maxDepth: parserDepth(limits.depth) }
    return { kind: 'value', value: asJson(load(body, options)) }
  } catch (error) {
    return { kind: 'refused', error }
  }
}

function parseWithTree(body: string, limits: Limits, strict: Strict | null): ParsedYaml {
  let documents: readonly TreeDocument[]
  try {
    documents = readTree(body, limits)
  } catch (error) {
    return { kind: 'unreadable', problem: describeParserError(error, body, limits) }
  }
  const [first, second] = documents
  const value = asJson(first?.value)
  const root = first?.root ?? null
  const made = aliasExpansions(value, root, limits.aliasExpansions)
  if (made > limits.aliasExpansions) return { kind: 'unreadable', problem: tooManyAliases(limits) }
  const problems = root === null ? [] : treeProblems(root)
  if (second !== undefined) problems.push(secondDocument(body, root, second))
  if (problems.length === 0) {
    // What the lenient parser let through and the tree does not show: the strict one has the last word.
    const verdict = strict ?? loadStrictly(body, limits)
    if (verdict.kind === 'refused') problems.push(describeParserError(verdict.error, body, limits))
  }
  return { kind: 'value', value: made === 0 ? value : untangle(value), problems }
}

/** The core schema makes nothing else; `undefined` is js-yaml's word for a text without a document. */
function asJson(value: unknown): Json {
  return value === undefined ? null : (value as Json)
}

export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function longerThan(text: string, bytes: number): boolean {
  if (text.length > bytes) return true
  if (text.length * 3 <= bytes) return false
  let size = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return size > bytes
}

function tooLarge(limits: Limits): Spot {
  const message = `The file is larger than ${limits.fileBytes.toLocaleString('en')} bytes.`
  return { code: 'limit-file-size', message, hint: 'Split it, or move what it holds elsewhere.', offset: 0 }
}

function secondDocument(body: string, first: YamlNode | null, second: TreeDocument): Spot {
  const separator = /^---(?=\s|$)/gm
  separator.lastIndex = first?.end ?? 0
  const offset = separator.exec(body)?.index ?? second.root?.start ?? 0
  const message = 'The file holds more than one YAML document; one was expected.'
  return {
    code: 'yaml-multiple-documents',
    message,
    hint: 'Make a file of each document, and remove the `---`.',
    offset,
  }
}

/** F19: tags, equal keys, keys that are not text. */
function treeProblems(root: YamlNode): Spot[] {
  const spots = new Map<number, Spot>()

  function visit(node: YamlNode): void {
    if (node.tag !== null) spots.set(node.tag, tagSpot(node.tag))
    if (node.kind === 'sequence') for (const item of node.items) if (item !== null) visit(item)
    if (node.kind !== 'mapping') return
    const seen = new Set<string>()
    for (const { name, key, value } of node.pairs) {
      if (isCollection(key)) spots.set(key.start, collectionKey(key.start))
      else if (seen.has(name)) spots.set(key.start, duplicateKey(name, key.start))
      seen.add(name)
      visit(key)
      if (value !== null) visit(value)
    }
  }

  visit(root)
  return [...spots.values()]
}

function isCollection(key: YamlNode): boolean {
  return typeof key.result === 'object' && key.result !== null
}

function tagSpot(offset: number): Spot {
  const hint = 'Remove the tag; put the value in quotes if it is text.'
  return { code: 'yaml-tag', message: 'YAML tags (`!…`) are not allowed here.', hint, offset }
}

function duplicateKey(name: string, offset: number): Spot {
  const message = `The key \`${name}\` stands here a second time.`
  return { code: 'yaml-duplicate-key', message, hint: 'Keep one of the two.', offset }
}

function collectionKey(offset: number): Spot {
  const message = 'A key must be text, but it is a list or a mapping.'
  return { code: 'wrong-type', message, hint: 'Put the key in quotes.', offset }
}

/**
 * How many nodes of the value no place in the text stands for: those that aliases made. Counts no further than
 * one beyond `limit`, whatever the aliases would unfold to, and ends on cycles too.
 */
function aliasExpansions(value: Json, root: YamlNode | null, limit: number): number {
  if (root === null) return 0
  const written = countWritten(root)
  let made = -written
  const pending: Json[] = [value]
  while (pending.length > 0 && made <= limit) {
    const node = pending.pop()
    made++
    if (Array.isArray(node)) for (const item of node) pending.push(item)
    else if (isObject(node)) for (const key of Object.keys(node)) pending.push(node[key] ?? null)
  }
  return Math.max(made, 0)
}

function countWritten(node: YamlNode): number {
  if (node.kind === 'alias') return 0
  if (node.kind === 'sequence') {
    return node.items.reduce((sum, item) => sum + (item === null ? 1 : countWritten(item)), 1)
  }
  if (node.kind !== 'mapping') return 1
  // Of two equal keys the value holds the last one.
  const kept = new Map(node.pairs.map(({ name, value }) => [name, value]))
  return [...kept.values()].reduce((sum, value) => sum + (value === null ? 1 : countWritten(value)), 1)
}

/** A tree: what an alias repeats becomes a copy. Bounded by the alias limit that was checked before. */
function untangle(value: Json): Json {
  if (Array.isArray(value)) return value.map(untangle)
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, untangle(item)]))
  return value
}
