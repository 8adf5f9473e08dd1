import { keepUnmanaged, sameValue } from '../format/normalize.ts'
import { type Reference, referencesOf } from '../lint/references.ts'
import { withoutKey } from '../model/json.ts'
import { parsePointer } from '../model/json-pointer.ts'
import { replaceAt } from '../model/replace-at.ts'
import type { FileRef, FileValue, Value } from '../model/resource.ts'

/** The slug that what an old file refers to has today. */
export type SlugToday = (target: Reference['target'], slug: string) => string

export type Present = {
  readonly value: Value
  /** What its file says today; null while it has none. */
  readonly fileValue: FileValue | null
}

/**
 * What an old version means today (S23): its references under the slugs of today. A block that neither the old
 * file nor today's has was never Git's to say: it stays as the workspace has it (F11).
 */
export function restoredValue(
  ref: FileRef,
  then: Value,
  present: Present | null,
  slugToday: SlugToday,
): Value {
  const value = withSlugsOfToday(ref, then, slugToday)
  if (present === null) return value
  const restored = keepUnmanaged(ref.kind, value, unmanaged(present))
  return sameValue(ref.kind, restored, present.value) ? present.value : restored
}

export function withSlugsOfToday(ref: FileRef, value: Value, slugToday: SlugToday): Value {
  return referencesOf(ref, value).reduce((result, { field, target, slug }) => {
    const today = field === '' ? slug : slugToday(target, slug)
    return today === slug ? result : replaceAt(result, parsePointer(field), today)
  }, value)
}

function unmanaged({ value, fileValue }: Present): Value {
  return Object.keys(fileValue ?? {}).reduce(withoutKey, value)
}
