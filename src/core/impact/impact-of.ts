import type { FieldChange } from '../format/field-diff.ts'
import { isObject, type Json, own, sameJson } from '../model/json.ts'
import type { FileKind } from '../model/kind.ts'
import { FIELD_RULES, type FieldRule, IMPACTS, type Impact, UNKNOWN_FIELD, WHOLE_RULES } from './rules.ts'

/** A change as a plan or a diff tells it. */
export type Assessable = {
  readonly kind: FileKind
  readonly change: 'added' | 'changed' | 'removed' | 'renamed'
  readonly fields: readonly FieldChange[]
}

/** `field`: JSON pointer; null: the resource as a whole. */
export type ImpactReason = { readonly impact: Impact; readonly field: string | null; readonly why: string }

/** The worst word with all that speaks for more than *safe*, the worst first. */
export type Assessment = { readonly word: Impact; readonly reasons: readonly ImpactReason[] }

/** How bad a change is for what depends on the resource, by the two tables of rules. */
export function impactOf({ kind, change, fields }: Assessable): Assessment {
  const whole = WHOLE_RULES.filter((rule) => rule.change === change && rule.kinds.includes(kind)).map(
    ({ impact, why }): ImpactReason => ({ impact, field: null, why }),
  )
  const isThere = change === 'changed' || change === 'renamed'
  const reasons = [...whole, ...(isThere ? fields.flatMap((field) => reasonsOf(kind, field)) : [])]
    .filter(({ impact }) => impact !== 'safe')
    .sort((a, b) => IMPACTS.indexOf(b.impact) - IMPACTS.indexOf(a.impact))
  return { word: reasons[0]?.impact ?? 'safe', reasons }
}

/** The worse of two words. */
export function worse(a: Impact, b: Impact): Impact {
  return IMPACTS.indexOf(a) < IMPACTS.indexOf(b) ? b : a
}

function reasonsOf(kind: FileKind, field: FieldChange): ImpactReason[] {
  const list = listOfColumns(field)
  if (list) return list.map((reason) => ({ ...reason, field: field.path }))
  const { impact, why } = FIELD_RULES.find((rule) => fits(rule, kind, field)) ?? UNKNOWN_FIELD
  return [{ impact, field: field.path, why }]
}

function fits({ kinds, path, only }: FieldRule, kind: FileKind, { path: at, before, after }: FieldChange) {
  if (!kinds.includes(kind) || !path.test(at)) return false
  if (only === undefined) return true
  return only === 'gone' ? after === undefined : before === undefined
}

/** The block of columns as one change: it was emptied, or its elements were put in another order. */
function listOfColumns({ path, before, after }: FieldChange): Omit<ImpactReason, 'field'>[] | null {
  if (path !== '/columns' || before === undefined) return null
  const [old, now] = [byName(before), byName(after)]
  const kept = [...old].flatMap(([name, column]) => {
    const present = now.get(name)
    return present === undefined ? [] : [[column, present] as const]
  })
  const reasons: Omit<ImpactReason, 'field'>[] = []
  if (kept.length < old.size) reasons.push({ impact: 'breaking', why: 'A column goes' })
  if (kept.some(([a, b]) => !sameJson(typeOf(a), typeOf(b)))) {
    reasons.push({ impact: 'breaking', why: 'A column has another type' })
  }
  return reasons
}

function byName(columns: Json | undefined): Map<string, Json> {
  const list: readonly Json[] = Array.isArray(columns) ? columns : []
  return new Map(
    list.flatMap((column) => (isObject(column) ? [[String(own(column, 'name')), column] as const] : [])),
  )
}

function typeOf(column: Json): Json | undefined {
  return isObject(column) ? own(column, 'type') : undefined
}
