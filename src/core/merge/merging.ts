import { type Json, type JsonObject, sameJson } from '../model/json.ts'
import type { Path } from '../model/json-pointer.ts'
import type { MergeField, Values } from './merge-field.ts'
import type { MergeRules } from './merge-rules.ts'

/** What a value must be to stand at a place, in words, when it is not; null: it may. */
export type Check = (value: Json | undefined) => string | null

export type Merging = {
  readonly rules: MergeRules
  /** Nothing was ever agreed (S29): whatever differs is in conflict, also what one side alone has. */
  readonly isFirst: boolean
  /** What stands where the sides are in conflict. */
  readonly settle: (field: MergeField, check: Check) => Json | undefined
}

/** A map that both sides have. */
export type ChangedMaps = {
  readonly base: JsonObject | undefined
  readonly ours: JsonObject
  readonly theirs: JsonObject
}

/** The merge of one value, as a list passes it on to its elements. */
export type MergeAt = (merging: Merging, path: Path, values: Values, check: Check) => Json | undefined

/** S3: what one side alone changed is as that side has it, and so is what both changed alike. */
export function agree({ isFirst }: Merging, values: Values): { readonly value: Json | undefined } | null {
  const { base, ours, theirs } = values
  if (sameJson(ours, theirs)) return { value: ours }
  if (isFirst) return null
  if (sameJson(base, ours)) return { value: theirs }
  return sameJson(base, theirs) ? { value: ours } : null
}
