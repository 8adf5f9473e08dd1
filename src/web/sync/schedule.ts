import { isObject, type Json, type JsonObject, own } from '../../core/model/json.ts'

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Day = (typeof DAYS)[number]
export const UNITS = ['minute', 'hour', 'day', 'week'] as const
export type Unit = (typeof UNITS)[number]

export type Expression = { readonly days: readonly Day[]; readonly time: string }
/** What the form edits; a schedule that it cannot hold whole is `other` and stays JSON (F9). */
export type ScheduleForm =
  | { readonly kind: 'manual' }
  | { readonly kind: 'interval'; readonly unit: Unit; readonly quantity: number }
  | { readonly kind: 'cron'; readonly expression: string }
  | { readonly kind: 'visual_cron'; readonly expressions: readonly Expression[] }
  | { readonly kind: 'other'; readonly value: Json }

/** The form of a schedule. Total: whatever a file holds has a form, and `writeSchedule` gives it back. */
export function readSchedule(value: Json): ScheduleForm {
  if (!isObject(value)) return { kind: 'other', value }
  const extra = Object.keys(value).some((key) => !['type', 'schedule', 'startDate'].includes(key))
  const form = extra ? null : readKnown(own(value, 'type'), own(value, 'schedule'))
  return form ?? { kind: 'other', value }
}

function readKnown(type: Json | undefined, schedule: Json | undefined): ScheduleForm | null {
  if (type === 'manual' && schedule === undefined) return { kind: 'manual' }
  if (!isObject(schedule)) return null
  if (type === 'interval') return readInterval(schedule)
  if (type === 'cron') {
    const expression = onlyKey(schedule, 'expression')
    return typeof expression === 'string' ? { kind: 'cron', expression } : null
  }
  if (type === 'visual_cron') {
    const list = onlyKey(schedule, 'expressions')
    if (!Array.isArray(list)) return null
    const expressions = list.map(readExpression)
    return expressions.every((one) => one !== null) ? { kind: 'visual_cron', expressions } : null
  }
  return null
}

function readInterval(schedule: JsonObject): ScheduleForm | null {
  const interval = onlyKey(schedule, 'interval')
  if (!isObject(interval) || Object.keys(interval).length !== 2) return null
  const unit = UNITS.find((one) => one === own(interval, 'unit'))
  const quantity = own(interval, 'quantity')
  return unit !== undefined && typeof quantity === 'number' ? { kind: 'interval', unit, quantity } : null
}

function readExpression(value: Json): Expression | null {
  if (!isObject(value) || Object.keys(value).length !== 2) return null
  const days = own(value, 'days')
  const time = own(value, 'time')
  if (!isObject(days) || typeof time !== 'string') return null
  const chosen = Object.entries(days)
  if (chosen.some(([day, on]) => on !== true || !DAYS.some((one) => one === day))) return null
  return { days: DAYS.filter((day) => Object.hasOwn(days, day)), time }
}

function onlyKey(object: JsonObject, key: string): Json | undefined {
  return Object.keys(object).length === 1 ? own(object, key) : undefined
}

/** The schedule to store; the start date of the one before is kept. */
export function writeSchedule(form: ScheduleForm, before: Json): Json {
  if (form.kind === 'other') return form.value
  const startDate = isObject(before) ? own(before, 'startDate') : undefined
  const start: JsonObject = startDate === undefined ? {} : { startDate }
  switch (form.kind) {
    case 'manual':
      return { type: 'manual', ...start }
    case 'interval':
      return {
        type: 'interval',
        schedule: { interval: { unit: form.unit, quantity: form.quantity } },
        ...start,
      }
    case 'cron':
      return { type: 'cron', schedule: { expression: form.expression }, ...start }
    case 'visual_cron':
      return {
        type: 'visual_cron',
        schedule: { expressions: form.expressions.map(writeExpression) },
        ...start,
      }
  }
}

function writeExpression({ days, time }: Expression): JsonObject {
  return {
    days: Object.fromEntries(DAYS.filter((day) => days.includes(day)).map((day) => [day, true])),
    time,
  }
}

/** The form's first value when a person picks another kind. */
export function emptySchedule(kind: ScheduleForm['kind'], before: Json): ScheduleForm {
  switch (kind) {
    case 'manual':
      return { kind }
    case 'interval':
      return { kind, unit: 'hour', quantity: 6 }
    case 'cron':
      return { kind, expression: '0 6 * * *' }
    case 'visual_cron':
      return { kind, expressions: [{ days: ['monday'], time: '06:00' }] }
    case 'other':
      return { kind, value: before }
  }
}
