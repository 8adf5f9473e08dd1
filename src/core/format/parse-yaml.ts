import { CORE_SCHEMA, load } from 'js-yaml'
import type { Json } from '../model/json.ts'
import { aliasExpansions, untangle } from './alias-expansions.ts'
import type { Limits } from './limits.ts'
import { parserDepth } from './parser-options.ts'
import { secondDocument, treeProblems } from './tree-problems.ts'
import { describeParserError, type Spot, tooManyAliases } from './yaml-errors.ts'
import type { TreeDocument } from './yaml-node.ts'
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
