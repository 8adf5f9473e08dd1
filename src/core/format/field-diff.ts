import { isObject, type Json, type JsonObject, own, sameJson } from '../model/json.ts'
import { type Path, printPointer } from '../model/json-pointer.ts'
import type { FileKind } from '../model/kind.ts'
import type { Value } from '../model/resource.ts'
import { orderKeys } from './key-order.ts'
import { withoutEmptyBlocks } from './normalize.ts'

/** One difference: no `before` where something came, no `after` where something went. */
export type FieldChange = { readonly path: string; readonly before?: Json; readonly after?: Json }

/**
 * The differences of two workspace values in the order of the fields. Objects are compared key by key;
 * lists element by element where it is plain which is which, else as a whole. A value that came or went
 * is one change a field.
 */
export function diffValues(kind: FileKind, before: Value | null, after: Value | null): FieldChange[] {
  const [a, b] = [before, after].map((value) => orderKeys(kind, withoutEmptyBlocks(kind, value ?? {})))
  return diffObjects([], a ?? {}, b ?? {})
}

function diff(path: Path, before: Json, after: Json): FieldChange[] {
  if (sameJson(before, after)) return []
  if (isObject(before) && isObject(after)) return diffObjects(path, before, after)
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(path, before, after)
  return [{ path: printPointer(path), before, after }]
}

/** Key by key, whatever the objects are of. */
export function diffObjects(path: Path, before: JsonObject, after: JsonObject): FieldChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].flatMap((key) => diffEntry([...path, key], own(before, key), own(after, key)))
}

function diffEntry(path: Path, before: Json | undefined, after: Json | undefined): FieldChange[] {
  if (before !== undefined && after !== undefined) return diff(path, before, after)
  if (before !== undefined) return [{ path: printPointer(path), before }]
  return after === undefined ? [] : [{ path: printPointer(path), after }]
}

function diffLists(path: Path, before: readonly Json[], after: readonly Json[]): FieldChange[] {
  const [namesBefore, namesAfter] = [namesOf(before), namesOf(after)]
  if (namesBefore !== null && namesAfter !== null) {
    if (sameOrder(namesBefore, namesAfter)) return diffNamed(path, before, after, namesBefore, namesAfter)
  } else if (before.length === after.length && [...before, ...after].every(isObject)) {
    return before.flatMap((item, i) => diffEntry([...path, i], item, after[i]))
  }
  return [{ path: printPointer(path), before, after }]
}

function sameOrder(before: readonly string[], after: readonly string[]): boolean {
  const kept = before.filter((name) => after.includes(name))
  return sameJson(
    kept,
    after.filter((name) => before.includes(name)),
  )
}

/** Elements with names of their own: a kept one has its new index, one that went its old index. */
function diffNamed(
  path: Path,
  before: readonly Json[],
  after: readonly Json[],
  namesBefore: readonly string[],
  namesAfter: readonly string[],
): FieldChange[] {
  const gone = namesBefore.flatMap((name, i) => (namesAfter.includes(name) ? [] : [i]))
  const changes = after.flatMap((item, i) => {
    const old = namesBefore.indexOf(namesAfter[i] ?? '')
    if (old !== -1) return diffEntry([...path, i], before[old], item)
    const renamed = gone.includes(i)
    if (renamed) gone.splice(gone.indexOf(i), 1)
    return renamed ? diffWhole([...path, i], before[i], item) : diffEntry([...path, i], undefined, item)
  })
  return [...changes, ...gone.flatMap((i) => diffEntry([...path, i], before[i], undefined))]
}

/** A named element in the place of another is one change, so that no path is told twice as gone and come. */
function diffWhole(path: Path, before: Json | undefined, after: Json): FieldChange[] {
  return before === undefined ? [] : diff(path, before, after)
}

/** The names of the elements when each has its own, else null. */
function namesOf(list: readonly Json[]): string[] | null {
  const names = list.map((item) => (isObject(item) ? own(item, 'name') : undefined))
  const texts = names.filter((name) => typeof name === 'string')
  return texts.length === list.length && new Set(texts).size === list.length ? texts : null
}
