import { isObject, type Json, own } from '../model/json.ts'
import type { Path } from '../model/json-pointer.ts'
import { orderField, type Values } from './merge-field.ts'
import { sharedOrder, weave } from './merge-order.ts'
import { elementKey } from './merge-rules.ts'
import type { Check, MergeAt, Merging } from './merging.ts'

type Named = ReadonlyMap<string, Json>

/** Lists whose elements all have a name of their own, merged by element (S4); null: the list is one field. */
export function mergeNamedLists(
  merging: Merging,
  path: Path,
  values: Values,
  mergeElement: MergeAt,
): Json[] | null {
  const key = elementKey(merging.rules, path)
  if (key === null) return null
  const base = values.base === undefined ? new Map<string, Json>() : namedBy(key, values.base)
  const [ours, theirs] = [namedBy(key, values.ours), namedBy(key, values.theirs)]
  if (!base || !ours || !theirs) return null
  const merged = new Map<string, Json>()
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const element = { base: base.get(name), ours: ours.get(name), theirs: theirs.get(name) }
    const value = mergeElement(merging, [...path, name], element, isNamed(key, name))
    if (value !== undefined) merged.set(name, value)
  }
  const order = orderOf(merging, path, values.base === undefined ? null : base, ours, theirs)
  return order.flatMap((name) => {
    const value = merged.get(name)
    return value === undefined ? [] : [value]
  })
}

/** The order is a field of its own: it is in conflict where both sides moved elements, each in its own way. */
function orderOf(merging: Merging, path: Path, base: Named | null, ours: Named, theirs: Named): string[] {
  const [old, a, b] = [[...(base?.keys() ?? [])], [...ours.keys()], [...theirs.keys()]]
  const shared = sharedOrder(old, a, b)
  if (shared) return weave(shared, a, b)
  const field = orderField(path, { base: base ? old : undefined, ours: a, theirs: b })
  const chosen = merging.settle(field, isOrder(a, b))
  return weave(textsOf(chosen), a, b)
}

/** The elements by name when each is a map with a text of its own under the key, else null. */
function namedBy(key: string, list: Json | undefined): Named | null {
  if (!Array.isArray(list)) return null
  const named = new Map<string, Json>()
  for (const item of list) {
    const name = isObject(item) ? own(item, key) : undefined
    if (typeof name !== 'string' || named.has(name)) return null
    named.set(name, item)
  }
  return named
}

function isNamed(key: string, name: string): Check {
  return (value) =>
    value === undefined || (isObject(value) && own(value, key) === name)
      ? null
      : `a mapping whose ${key} is ${JSON.stringify(name)}`
}

function isOrder(ours: readonly string[], theirs: readonly string[]): Check {
  const [a, b] = [new Set(ours), new Set(theirs)]
  const shared = ours.filter((name) => b.has(name))
  return (value) => {
    const names = textsOf(value)
    const once = new Set(names)
    const isOrdered =
      Array.isArray(value) &&
      once.size === value.length &&
      names.every((name) => a.has(name) || b.has(name)) &&
      shared.every((name) => once.has(name))
    return isOrdered ? null : `the elements' names, each once, with at least ${shared.join(', ')}`
  }
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
}
