import { useState } from 'react'
import type { Json, JsonObject } from '../../core/model/json.ts'
import { type Resource, valueIn } from '../api/resources.ts'
import { type Edit, edited, type Meanwhile, meanwhile, rebased, setKey } from './draft.ts'

export type Draft = {
  readonly value: JsonObject
  /** What the changes are told against; for a new resource its blank form. */
  readonly base: JsonObject
  readonly revision: string | null
  readonly dirty: boolean
  readonly meanwhile: Meanwhile | null
  readonly set: (key: string, to: Json | undefined) => void
  readonly change: (change: (value: JsonObject) => JsonObject) => void
  readonly discard: () => void
  /** Puts one's changes on top of what others saved. */
  readonly rebase: () => void
}

/** The form's state mirrors the file. Without edits it is what is saved, and follows it live. */
export function useDraft(live: Resource | null, blank: JsonObject): Draft {
  const [edit, setEdit] = useState<Edit | null>(null)
  const saved = live === null ? null : { value: valueIn(live), revision: live.revision }
  const change = (by: (value: JsonObject) => JsonObject) => setEdit((now) => edited(now, saved, blank, by))
  const changed = meanwhile(edit, saved)
  return {
    value: edit?.value ?? saved?.value ?? blank,
    base: edit?.base ?? saved?.value ?? blank,
    // Others' saves that left the value as it was are no reason to refuse ours.
    revision: changed === null ? (saved?.revision ?? null) : (edit?.revision ?? null),
    dirty: edit !== null,
    meanwhile: changed,
    set: (key, to) => change((value) => setKey(value, key, to)),
    change,
    discard: () => setEdit(null),
    rebase: () => setEdit((now) => (now !== null && saved !== null ? rebased(now, saved) : now)),
  }
}
