import { isObject, type Json } from '../model/json.ts'
import type { YamlNode } from './yaml-node.ts'

/**
 * How many nodes of the value no place in the text stands for: those that aliases made. Counts no further than
 * one beyond `limit`, whatever the aliases would unfold to, and ends on cycles too.
 */
export function aliasExpansions(value: Json, root: YamlNode | null, limit: number): number {
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
export function untangle(value: Json): Json {
  if (Array.isArray(value)) return value.map(untangle)
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, untangle(item)]))
  return value
}
