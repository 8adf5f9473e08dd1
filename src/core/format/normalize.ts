import { FIELDS, OPTIONAL_BLOCKS, type OptionalBlock } from '../model/fields.ts'
import { type Json, type JsonObject, own, sameJson } from '../model/json.ts'
import type { FileKind } from '../model/kind.ts'
import type { FileValue, Value } from '../model/resource.ts'
import { orderKeys } from './key-order.ts'
import { readsAsAbsent } from './old-shape.ts'

/** The workspace value of a file's value, once its aliases are resolved: what reads as absent is (F7). */
export function normalize(kind: FileKind, value: FileValue): Value {
  const keys = Object.keys(value)
  const present = keys.filter((key) => !readsAsAbsent(kind, value, key))
  return present.length === keys.length
    ? value
    : Object.fromEntries(present.map((key) => [key, value[key] ?? null]))
}

/**
 * Equal workspace values (F23). An empty block equals an absent one. A block that a *file* lacks is not
 * managed there: complete the file's value by `keepUnmanaged` before it is compared or applied.
 */
export function sameValue(kind: FileKind, a: Value, b: Value): boolean {
  return a === b || sameJson(withoutEmptyBlocks(kind, a), withoutEmptyBlocks(kind, b))
}

/** What a file's value means for a side that holds `present`: the blocks that it lacks stay as they are (F11). */
export function keepUnmanaged(kind: FileKind, value: Value, present: Value | null): Value {
  if (present === null) return value
  const kept = blocksOf(kind).filter(
    (block) => own(value, block) === undefined && own(present, block) !== undefined,
  )
  return kept.length === 0
    ? value
    : orderKeys(
        kind,
        Object.fromEntries([...Object.entries(value), ...kept.map((key) => [key, present[key]])]),
      )
}

/** `value` of a file that says `stored`, with the blocks that the file lacks as `present` has them instead. */
export function keepInstead(kind: FileKind, value: Value, stored: FileValue, present: Value | null): Value {
  const lacking = new Set<string>(blocksOf(kind).filter((block) => own(stored, block) === undefined))
  const said = Object.entries(value).filter(([key]) => !lacking.has(key))
  return keepUnmanaged(kind, Object.fromEntries(said), present)
}

/**
 * The value that a file is to hold. An existing file keeps the old keys that read as absent (F7); a block
 * that it has and the workspace emptied is written empty, which erases; one that it lacks is written only
 * when somebody edited it in the app: when it differs from `base`, the workspace's value at the last
 * agreement (F11). A new file has no empty blocks.
 */
export function fileValueOf(
  kind: FileKind,
  value: Value,
  existing: FileValue | null,
  base: Value | null = null,
): FileValue {
  const blocks = blocksOf(kind)
  const entries = Object.entries(value).filter(([key, content]) => {
    if (!isBlock(blocks, key)) return true
    if (existing !== null && Object.hasOwn(existing, key)) return true
    return (
      !isEmptyBlock(content) && (existing === null || base === null || !sameJson(content, own(base, key)))
    )
  })
  const missing = Object.entries(existing ?? {}).filter(([key]) => !Object.hasOwn(value, key))
  for (const [key, content] of missing) {
    if (existing !== null && readsAsAbsent(kind, existing, key)) entries.push([key, content])
    else if (isBlock(blocks, key)) entries.push([key, emptied(content)])
  }
  return orderKeys(kind, Object.fromEntries(entries))
}

export function withoutEmptyBlocks(kind: FileKind, value: Value): Value {
  const empty = blocksOf(kind).filter((block) => isEmptyBlock(own(value, block)))
  return empty.length === 0
    ? value
    : Object.fromEntries(Object.entries(value).filter(([key]) => !isBlock(empty, key)))
}

export function blocksOf(kind: FileKind): readonly OptionalBlock[] {
  return OPTIONAL_BLOCKS.filter((block) => FIELDS[kind].some((field) => field.key === block))
}

function isBlock(blocks: readonly OptionalBlock[], key: string): boolean {
  return (blocks as readonly string[]).includes(key)
}

function isEmptyBlock(content: Json | undefined): boolean {
  if (typeof content !== 'object' || content === null) return content === ''
  return Object.keys(content).length === 0
}

function emptied(content: Json): Json {
  if (Array.isArray(content)) return []
  const empty: JsonObject = {}
  return typeof content === 'object' ? empty : ''
}
