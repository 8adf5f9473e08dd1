import { CORE_SCHEMA, dump, load } from 'js-yaml'
import { isObject, type Json, type JsonObject, own, sameJson, withKey, withoutKey } from '../model/json.ts'
import { decideFates } from './edit/anchors.ts'
import { compare, type Wants } from './edit/compare.ts'
import { emit } from './edit/emit.ts'
import { mapLines } from './edit/fragment.ts'
import { lineBreakOf } from './edit/lines.ts'
import { readSyntax, SyntaxMismatch } from './edit/read-syntax.ts'
import { SpliceOverlap, Splices } from './edit/splices.ts'
import { type Style, styleOf } from './edit/style.ts'
import { placeKeys } from './place-keys.ts'

/**
 * Edits a person's document in place (F14): everything outside the changed nodes stays byte for byte, and
 * new keys come in the order of `after`. The result always reads as `after`; should an edit by splices not
 * give that, a larger part of the document is written anew, at last all of it.
 */
export function editText(text: string, before: JsonObject, after: JsonObject): string {
  return sameJson(before, after) ? text : editDocument(text, after).text
}

/** How much had to be written anew: nothing but the changes, whole fields, or the whole document. */
export type Reach = 'changes' | 'fields' | 'document'

export function editDocument(
  text: string,
  after: JsonObject,
): { readonly text: string; readonly reach: Reach } {
  const before = read(text)
  const edited = attemptAny(text, before, after, FINEST)
  if (edited !== null) return { text: edited, reach: 'changes' }
  const byField = isObject(before) ? editFields(text, before, after) : null
  return byField === null
    ? { text: printAnew(text, before, after), reach: 'document' }
    : { text: byField, reach: 'fields' }
}

/** One field after the other, each with the smallest part written anew that gives its value. */
function editFields(text: string, before: JsonObject, after: JsonObject): string | null {
  const order = placeKeys(Object.keys(before), Object.keys(after))
  let current = { text, value: before }
  for (const key of new Set([...Object.keys(before), ...order])) {
    const wanted = own(after, key)
    if (sameJson(own(current.value, key), wanted)) continue
    const whole = wanted === undefined ? withoutKey(current.value, key) : withKey(current.value, key, wanted)
    const value = inOrder(whole, order)
    const edited = attemptAny(current.text, current.value, value, WAYS)
    if (edited === null) return null
    current = { text: edited, value }
  }
  return current.text
}

function inOrder(value: JsonObject, order: readonly string[]): JsonObject {
  const keys = [
    ...order.filter((key) => Object.hasOwn(value, key)),
    ...Object.keys(value).filter((key) => !order.includes(key)),
  ]
  return Object.fromEntries(keys.map((key) => [key, value[key] ?? null]))
}

/**
 * `depth` levels are edited entry by entry. What follows a new block scalar may become part of its text:
 * blank lines when it keeps them, comments that stand deep enough. Then it must be written otherwise. A text
 * that keeps its blank lines and comes to stand last needs the last line break too.
 */
type Way = { readonly depth: number; readonly blocks: Style['blocks']; readonly lastBreak: boolean }
const FINEST: readonly Way[] = [
  { depth: Number.POSITIVE_INFINITY, blocks: 'keep', lastBreak: false },
  { depth: Number.POSITIVE_INFINITY, blocks: 'clip', lastBreak: false },
  { depth: Number.POSITIVE_INFINITY, blocks: 'none', lastBreak: false },
  { depth: Number.POSITIVE_INFINITY, blocks: 'clip', lastBreak: true },
]
const WAYS: readonly Way[] = [
  ...FINEST,
  ...[8, 4, 3, 2, 1].map((depth): Way => ({ depth, blocks: 'none', lastBreak: true })),
]

function attemptAny(text: string, before: Json, after: JsonObject, ways: readonly Way[]): string | null {
  for (const way of ways) {
    const edited = attempt(text, before, after, way)
    if (edited !== null) return edited
  }
  return null
}

/** The edited text when it reads as `after`, else null. */
function attempt(text: string, before: Json, after: JsonObject, way: Way): string | null {
  try {
    const whole = way.lastBreak && !/[\r\n]$/.test(text) ? text + lineBreakOf(text) : text
    const edited = splice(whole, before, after, way)
    return sameJson(read(edited), after) ? edited : null
  } catch (error) {
    if (error instanceof SyntaxMismatch || error instanceof SpliceOverlap || isYamlError(error)) return null
    throw error
  }
}

function splice(text: string, before: Json, after: JsonObject, { depth, blocks }: Way): string {
  const document = readSyntax(text, before)
  const style = { ...styleOf(document), blocks }
  const { root } = document
  if (root === null) return append(text, mapLines(after, 0, style), style.lineBreak)
  const wants: Wants = new Map()
  const change = compare(root, after, wants, depth)
  const edit = { document, text, style, fates: decideFates(document, wants), splices: new Splices() }
  emit(edit, change, { head: root.start, indent: -1, kind: 'root', flow: false, entry: null })
  return edit.splices.apply(text)
}

/** A document of comments alone keeps them above what is new. */
function append(text: string, lines: readonly string[], lineBreak: string): string {
  const glue = text === '' || /[\r\n]$/.test(text) ? '' : lineBreak
  return text + glue + lines.map((line) => line + lineBreak).join('')
}

/** The last resort: no comment survives but those at the top. */
function printAnew(text: string, before: Json, after: JsonObject): string {
  const lineBreak = lineBreakOf(text)
  const order = placeKeys(isObject(before) ? Object.keys(before) : [], Object.keys(after))
  const body = dump(inOrder(after, order), { noRefs: true }).replaceAll('\n', lineBreak)
  const top = /^\uFEFF?(?:[ \t]*(?:#.*)?(?:\r\n|\n|\r))*/.exec(text)?.[0] ?? ''
  return sameJson(readOrNull(top + body), after) ? top + body : body
}

function readOrNull(text: string): Json {
  try {
    return read(text)
  } catch (error) {
    if (isYamlError(error)) return null
    throw error
  }
}

function read(text: string): Json {
  // The core schema gives the values of JSON; an empty document gives undefined.
  return (load(text, { schema: CORE_SCHEMA }) ?? null) as Json
}

function isYamlError(error: unknown): boolean {
  return error instanceof Error && error.name === 'YAMLException'
}
