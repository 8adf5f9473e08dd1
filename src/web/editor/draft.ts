import { type Json, type JsonObject, own, sameJson, withKey, withoutKey } from '../../core/model/json.ts'
import { changedKeys } from '../words/change-words.ts'

/** What a person has changed and not saved, on the version that they began with. */
export type Edit = { readonly base: JsonObject; readonly revision: string | null; readonly value: JsonObject }
export type Saved = { readonly value: JsonObject; readonly revision: string }

/** The edit after a change; null when nothing differs any more. */
export function edited(
  edit: Edit | null,
  saved: Saved | null,
  blank: JsonObject,
  change: (value: JsonObject) => JsonObject,
): Edit | null {
  const base = edit?.base ?? saved?.value ?? blank
  const value = change(edit?.value ?? base)
  return sameJson(value, base)
    ? null
    : { base, revision: edit ? edit.revision : (saved?.revision ?? null), value }
}

export type Meanwhile = { readonly theirs: readonly string[]; readonly both: readonly string[] }

/** What others saved since the edit began; null: nothing that matters to it. */
export function meanwhile(edit: Edit | null, saved: Saved | null): Meanwhile | null {
  if (edit === null || saved === null || saved.revision === edit.revision) return null
  const theirs = changedKeys(edit.base, saved.value)
  if (theirs.length === 0) return null
  const mine = new Set(changedKeys(edit.base, edit.value))
  return {
    theirs,
    both: theirs.filter((key) => mine.has(key) && !sameJson(own(edit.value, key), own(saved.value, key))),
  }
}

/** One's own changes, put on top of what is saved now. */
export function rebased(edit: Edit, saved: Saved): Edit | null {
  const value = changedKeys(edit.base, edit.value).reduce(
    (next, key) => setKey(next, key, own(edit.value, key)),
    saved.value,
  )
  return sameJson(value, saved.value) ? null : { base: saved.value, revision: saved.revision, value }
}

export function setKey(value: JsonObject, key: string, to: Json | undefined): JsonObject {
  return to === undefined ? withoutKey(value, key) : withKey(value, key, to)
}
