import type { Finding } from '../model/diagnostic.ts'
import { QUERY_KEY_OF_TYPE, QUERY_KEYS } from '../model/fields.ts'
import { isObject, type Json, type JsonObject, own } from '../model/json.ts'
import { type FileKind, isModelKind } from '../model/kind.ts'
import { checkFields, checkShape, finding } from './check-shape.ts'
import { SCHEDULE_SHAPES, SHAPES } from './shapes.ts'

/** F7–F11, F15: everything that can be said about a resource's value without looking at another. */
export function checkValue(kind: FileKind, value: JsonObject): Finding[] {
  return [
    ...checkFields(SHAPES[kind], value, [], true),
    ...(isModelKind(kind) ? checkQuery(value) : []),
    ...(kind === 'model-relationships' ? checkJoin(value) : []),
    ...(kind === 'syncs' ? checkSchedule(value) : []),
  ]
}

/** F7: `null` and `''` read as absent. */
function isFilled(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** F7: `type` names the query key that applies; a filled second one is kept and reported. */
function checkQuery(value: JsonObject): Finding[] {
  const type = own(value, 'type')
  const wanted =
    typeof type === 'string' && Object.hasOwn(QUERY_KEY_OF_TYPE, type) ? QUERY_KEY_OF_TYPE[type] : undefined
  if (wanted === undefined) return []
  const findings = QUERY_KEYS.filter((key) => key !== wanted && isFilled(own(value, key))).map((key) =>
    finding('stale-query-key', [key], {
      message: `\`${key}\` has no effect beside \`type: ${type}\`, which uses \`${wanted}\`; it is kept as it is.`,
      hint: `Remove \`${key}\`, or change \`type\`.`,
      at: 'key',
      severity: 'warning',
    }),
  )
  if (isFilled(own(value, wanted))) return findings
  const message = `The key \`${wanted}\` is missing: \`type: ${type}\` reads it.`
  const path = Object.hasOwn(value, wanted) ? [wanted] : []
  return [
    finding('missing-key', path, { message, hint: `Add \`${wanted}: …\`, or change \`type\`.`, at: 'key' }),
    ...findings,
  ]
}

/** F8, F11: a relationship joins by `mapping`, or goes through others. */
function checkJoin(value: JsonObject): Finding[] {
  const through = own(value, 'through')
  const mapping = own(value, 'mapping')
  const goesThrough = Array.isArray(through) && through.length > 0
  if (goesThrough && isFilled(mapping)) {
    const message = '`mapping` has no effect beside `through`; it is kept as it is.'
    return [
      finding('wrong-value', ['mapping'], {
        message,
        hint: 'Keep one of the two.',
        at: 'key',
        severity: 'warning',
      }),
    ]
  }
  if (goesThrough || isFilled(mapping) || mapping === '') return []
  const path = mapping === null ? ['mapping'] : []
  const message = 'The key `mapping` is missing: it names the columns that join the two models.'
  return [
    finding('missing-key', path, {
      message,
      hint: 'Add `mapping:` with `- fromColumn: …` and `toColumn: …`.',
      at: 'key',
    }),
  ]
}

/** F9: a known type that lacks what its form has is reported; the schedule is kept whatever it holds. */
function checkSchedule(value: JsonObject): Finding[] {
  const schedule = own(value, 'schedule')
  const type = isObject(schedule) ? own(schedule, 'type') : undefined
  const shape =
    typeof type === 'string' && Object.hasOwn(SCHEDULE_SHAPES, type) ? SCHEDULE_SHAPES[type] : undefined
  if (schedule === undefined || shape === undefined) return []
  return checkShape(shape, schedule, ['schedule']).map((found) => ({
    ...found,
    severity: 'warning' as const,
  }))
}
