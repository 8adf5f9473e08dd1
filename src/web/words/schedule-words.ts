import type { Json } from '../../core/model/json.ts'
import { readSchedule } from '../sync/schedule.ts'
import { count, listWords, sentence } from './count.ts'

/** A schedule in words, for lists: `Every 6 hours`, `Monday and Thursday at 06:00`. */
export function scheduleWords(value: Json): string {
  const form = readSchedule(value)
  switch (form.kind) {
    case 'manual':
      return 'By hand'
    case 'interval':
      return form.quantity === 1 ? `Every ${form.unit}` : `Every ${count(form.quantity, form.unit)}`
    case 'cron':
      return `Cron ${form.expression}`
    case 'visual_cron':
      return form.expressions
        .map(
          ({ days, time }) => `${days.length === 7 ? 'Daily' : listWords(days.map(sentence), 7)} at ${time}`,
        )
        .join('; ')
    case 'other':
      return 'As written in JSON'
  }
}
