import { FIELDS } from '../model/fields.ts'
import { parsePointer } from '../model/json-pointer.ts'
import type { FileKind } from '../model/kind.ts'
import type { Value } from '../model/resource.ts'
import type { MergeField } from './merge-field.ts'
import { type MergeSides, mergeResource } from './merge-resource.ts'

export type MergeResult =
  | { readonly kind: 'merged'; readonly value: Value | null }
  /** `value`: merged where that is possible, and ours in the fields in conflict. */
  | { readonly kind: 'conflict'; readonly fields: readonly MergeField[]; readonly value: Value | null }

/** The three-way merge of one resource (S3, S4). Null: the resource is not there. */
export function mergeValues(kind: FileKind, sides: MergeSides): MergeResult {
  const fields: MergeField[] = []
  const value = mergeResource(kind, sides, (field) => {
    fields.push(field)
    return field.ours
  })
  return fields.length === 0
    ? { kind: 'merged', value }
    : { kind: 'conflict', fields: inOrder(kind, fields), value }
}

/** In the order of the kind's keys, then by path: the same whichever side is which. */
function inOrder(kind: FileKind, fields: readonly MergeField[]): MergeField[] {
  const keys = FIELDS[kind].map(({ key }) => key)
  const rank = ({ path }: MergeField) => {
    const at = keys.indexOf(parsePointer(path)[0] ?? '')
    return at === -1 ? keys.length : at
  }
  return fields.toSorted((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1))
}
