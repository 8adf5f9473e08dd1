import { withoutEmptyBlocks } from '../../src/core/format/normalize.ts'
import { isObject, type Json, type JsonObject, own } from '../../src/core/model/json.ts'
import { printPointer } from '../../src/core/model/json-pointer.ts'
import type { FileKind } from '../../src/core/model/kind.ts'

/**
 * A second reading of S4, by another way: a value as a flat map of its fields. Lists in `atomic` are one
 * field; those that it finds to be so are added.
 */
function flatten(kind: FileKind, value: JsonObject | null, atomic: Set<string>): Map<string, string> {
  const fields = new Map<string, string>()
  if (value === null) return fields
  const group =
    kind === 'models'
      ? ['type', 'source', 'rawSql', 'tableName']
      : kind === 'model-relationships'
        ? ['from', 'cardinality', 'through']
        : []
  fields.set('', 'there')
  const grouped = group.flatMap((key) => (own(value, key) === undefined ? [] : [[key, own(value, key)]]))
  if (grouped.length > 0) fields.set(`/${group[0]}`, printed(Object.fromEntries(grouped)))
  const walk = (path: (string | number)[], item: Json): void => {
    const at = printPointer(path)
    const key =
      kind === 'models' && at === '/columns' ? 'name' : kind === 'syncs' && path[0] === 'config' ? 'to' : null
    if (isObject(item) && !(path.at(-1) === 'schedule' && path[0] !== 'config' && path[0] !== 'zeta')) {
      fields.set(`${at} {}`, '')
      for (const [name, child] of Object.entries(item)) walk([...path, name], child)
      return
    }
    if (Array.isArray(item) && key !== null && !atomic.has(at)) {
      const names = item.map((element) => (isObject(element) ? own(element, key) : undefined))
      if (names.every((name) => typeof name === 'string') && new Set(names).size === names.length) {
        if (at !== '/columns') fields.set(`${at} []`, '')
        for (const [i, element] of item.entries()) walk([...path, String(names[i])], element)
        return
      }
      atomic.add(at)
    }
    fields.set(at, printed(item))
  }
  for (const [key, item] of Object.entries(withoutEmptyBlocks(kind, value))) {
    if (!group.includes(key)) walk([key], item)
  }
  return fields
}

function printed(value: Json): string {
  return JSON.stringify(value, (_, item) =>
    isObject(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  )
}

/** The fields of every value, with one reading of which lists are one field. */
export function flattenAll(kind: FileKind, values: readonly (JsonObject | null)[]) {
  const atomic = new Set<string>()
  for (const value of values) flatten(kind, value, atomic)
  return values.map((value) => flatten(kind, value, atomic))
}
