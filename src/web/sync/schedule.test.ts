import { describe, expect, it } from 'vitest'
import type { Json } from '../../core/model/json.ts'
import { scheduleWords } from '../words/schedule-words.ts'
import { readSchedule, writeSchedule } from './schedule.ts'

const startDate = '2025-03-01T05:00:00.000Z'
const known: Json[] = [
  { type: 'manual' },
  { type: 'interval', schedule: { interval: { unit: 'hour', quantity: 6 } }, startDate },
  { type: 'cron', schedule: { expression: '0 3 * * *' } },
  {
    type: 'visual_cron',
    schedule: { expressions: [{ days: { monday: true, thursday: true }, time: '06:00' }] },
  },
]
const unknown: Json[] = [
  null,
  'manual',
  {},
  { type: 'dbt-cloud', account: { id: '9' }, job: { id: '4' } },
  { type: 'manual', note: 'by hand' },
  { type: 'interval', schedule: { interval: { unit: 'fortnight', quantity: 1 } } },
  { type: 'visual_cron', schedule: { expressions: [{ days: { monday: false }, time: '06:00' }] } },
  {
    type: 'visual_cron',
    schedule: { expressions: [{ days: { monday: true }, time: '06:00', zone: 'CET' }] },
  },
]

describe('the schedule form', () => {
  it('[F9] knows manual, interval, cron and visual cron', () => {
    expect(known.map((value) => readSchedule(value).kind)).toEqual([
      'manual',
      'interval',
      'cron',
      'visual_cron',
    ])
  })

  it('[F9] keeps what it does not know as JSON', () => {
    expect(unknown.map((value) => readSchedule(value))).toEqual(
      unknown.map((value) => ({ kind: 'other', value })),
    )
  })

  it('[F9] writes back what it read, start date included', () => {
    for (const value of [...known, ...unknown])
      expect(writeSchedule(readSchedule(value), value)).toEqual(value)
  })

  it('[F9] keeps the start date when the kind changes', () => {
    expect(writeSchedule({ kind: 'cron', expression: '5 4 * * *' }, known[1] ?? null)).toEqual({
      type: 'cron',
      schedule: { expression: '5 4 * * *' },
      startDate,
    })
  })

  it('[W2] says a schedule in words', () => {
    expect(known.map(scheduleWords)).toEqual([
      'By hand',
      'Every 6 hours',
      'Cron 0 3 * * *',
      'Monday and Thursday at 06:00',
    ])
    expect(scheduleWords({ type: 'interval', schedule: { interval: { unit: 'hour', quantity: 1 } } })).toBe(
      'Every hour',
    )
    expect(scheduleWords({ type: 'dbt-cloud' })).toBe('As written in JSON')
  })
})
