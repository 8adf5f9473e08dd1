import { isObject, type Json, own, sameJson } from '../../model/json.ts'
import { placeKeys } from '../place-keys.ts'
import { align } from './align.ts'
import type { AliasNode, CollectionNode, Entry, ListNode, MapNode, SyntaxNode } from './syntax.ts'

/** What becomes of a node. Aliases are decided later: what they say depends on what their anchors become. */
export type Change =
  | { readonly kind: 'keep'; readonly node: SyntaxNode }
  | { readonly kind: 'alias'; readonly node: AliasNode; readonly value: Json }
  | { readonly kind: 'replace'; readonly node: SyntaxNode; readonly value: Json }
  | {
      readonly kind: 'collection'
      readonly node: CollectionNode
      /** Of each entry, in the order of the text; null where it goes. */
      readonly entries: readonly EntryChange[]
      readonly added: readonly Added[]
    }

export type EntryChange = {
  readonly entry: Entry
  readonly key: Change | null
  readonly value: Change
} | null

/** New entries behind a kept entry (its index), or before the first kept one (null), in their order. */
export type Added = {
  readonly after: number | null
  readonly items: readonly { readonly key: string; readonly value: Json }[]
}

/** The value that each living node is to have. */
export type Wants = Map<SyntaxNode, Json>

/** `depth` levels are edited entry by entry; below, what changed is written anew as a whole. */
export function compare(
  node: SyntaxNode,
  value: Json,
  wants: Wants,
  depth = Number.POSITIVE_INFINITY,
): Change {
  wants.set(node, value)
  if (node.kind === 'alias') return { kind: 'alias', node, value }
  const same = sameJson(node.value, value)
  if (node.kind === 'map' && isObject(value) && (same || depth > 0)) {
    const keys = node.entries.map((entry) => entry.key)
    if (same || keys.some((key) => own(value, key) !== undefined))
      return compareMap(node, value, wants, depth)
  }
  if (node.kind === 'list' && Array.isArray(value) && (same || depth > 0)) {
    const pairs = align(node.value, value)
    if (same || pairs.length > 0) return compareList(node, value, pairs, wants, depth)
  }
  return same ? { kind: 'keep', node } : { kind: 'replace', node, value }
}

function compareMap(
  node: MapNode,
  value: { readonly [key: string]: Json },
  wants: Wants,
  depth: number,
): Change {
  const entries = node.entries.map((entry): EntryChange => {
    const wanted = own(value, entry.key)
    if (wanted === undefined) return null
    const key = entry.keyNode === null ? null : compare(entry.keyNode, entry.keyNode.value, wants, depth)
    return { entry, key, value: compare(entry.value, wanted, wants, depth - 1) }
  })
  const own_ = node.entries.map((entry) => entry.key).filter((key) => own(value, key) !== undefined)
  const order = placeKeys(own_, Object.keys(value))
  const index = new Map(node.entries.map((entry, i) => [entry.key, i]))
  return {
    kind: 'collection',
    node,
    entries,
    added: group(
      order,
      (key) => index.get(key),
      (key) => ({ key, value: value[key] ?? null }),
    ),
  }
}

function compareList(
  node: ListNode,
  value: readonly Json[],
  pairs: ReturnType<typeof align>,
  wants: Wants,
  depth: number,
): Change {
  const target = new Map(pairs.map(({ from, to }) => [from, to]))
  const source = new Map(pairs.map(({ from, to }) => [to, from]))
  const entries = node.entries.map((entry, i): EntryChange => {
    const to = target.get(i)
    return to === undefined
      ? null
      : { entry, key: null, value: compare(entry.value, value[to] ?? null, wants, depth - 1) }
  })
  const order = value.map((_, i) => i)
  return {
    kind: 'collection',
    node,
    entries,
    added: group(
      order,
      (i) => source.get(i),
      (i) => ({ key: '', value: value[i] ?? null }),
    ),
  }
}

/** Gathers what has no old entry behind the last one that has. */
function group<T>(
  order: readonly T[],
  oldIndex: (item: T) => number | undefined,
  make: (item: T) => Added['items'][number],
): Added[] {
  const groups: { after: number | null; items: Added['items'][number][] }[] = []
  let after: number | null = null
  for (const item of order) {
    const old = oldIndex(item)
    if (old !== undefined) after = old
    else if (groups.at(-1)?.after === after) groups.at(-1)?.items.push(make(item))
    else groups.push({ after, items: [make(item)] })
  }
  return groups
}
