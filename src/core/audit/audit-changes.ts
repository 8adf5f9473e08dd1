import { diffObjects, diffValues, type FieldChange } from '../format/field-diff.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { isFileKind, type Kind } from '../model/kind.ts'

/** Before and after by field; `resource` null: what the entry itself is about. */
export type AuditChange = { readonly resource: string | null; readonly fields: readonly FieldChange[] }

export type ChangedRow = {
  readonly kind: Kind
  readonly slug: string
  readonly before: JsonObject | null
  readonly after: JsonObject | null
}

/** An entry stays readable and small: a first sync of thousands is told by its first resources and a count. */
export const TOLD_MAX = 100
const TEXT_MAX = 4000

export function changesOfRows(rows: readonly ChangedRow[]): { changes: AuditChange[]; omitted: number } {
  const changes = rows.slice(0, TOLD_MAX).map(({ kind, slug, before, after }) => ({
    resource: `${kind}/${slug}`,
    fields: told(isFileKind(kind) ? diffValues(kind, before, after) : plainDiff(before, after)),
  }))
  return { changes, omitted: Math.max(0, rows.length - TOLD_MAX) }
}

/** Of what is no resource: a member, a key, a connection. */
export function changesOfValues(before: JsonObject | null, after: JsonObject | null): AuditChange[] {
  const fields = told(plainDiff(before, after))
  return fields.length === 0 ? [] : [{ resource: null, fields }]
}

function plainDiff(before: JsonObject | null, after: JsonObject | null): FieldChange[] {
  return diffObjects([], before ?? {}, after ?? {})
}

function told(fields: readonly FieldChange[]): FieldChange[] {
  return fields.map(({ path, before, after }) => ({
    path,
    ...(before === undefined ? {} : { before: shortened(before) }),
    ...(after === undefined ? {} : { after: shortened(after) }),
  }))
}

function shortened(value: Json): Json {
  if (typeof value === 'string') {
    const rest = value.length - TEXT_MAX
    return rest <= 0 ? value : `${value.slice(0, TEXT_MAX)}… (${rest} more characters)`
  }
  if (Array.isArray(value) || isObject(value)) {
    const text = JSON.stringify(value)
    return text.length <= TEXT_MAX ? value : shortened(text)
  }
  return value
}
