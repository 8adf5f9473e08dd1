import { NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { type Json, own } from '../../core/model/json.ts'
import f from '../components/form.module.css'
import { JsonField } from '../editor/JsonField.tsx'
import type { Draft } from '../editor/use-draft.ts'
import { sentence } from '../words/count.ts'
import { scheduleWords } from '../words/schedule-words.ts'
import { emptySchedule, readSchedule, type ScheduleForm, UNITS, writeSchedule } from './schedule.ts'
import c from './sync.module.css'
import { WeekdayTimes } from './WeekdayTimes.tsx'

const KINDS = [
  { value: 'manual', label: 'By hand' },
  { value: 'interval', label: 'Interval' },
  { value: 'visual_cron', label: 'Weekdays' },
  { value: 'cron', label: 'Cron' },
] as const
const JSON_KIND = { value: 'other', label: 'JSON' } as const

/** Manual, interval, weekdays, cron; a schedule of another type stays the JSON that it is (F9). */
export function ScheduleFields({ draft }: { readonly draft: Draft }) {
  const value: Json = own(draft.value, 'schedule') ?? null
  const form = readSchedule(value)
  const set = (next: ScheduleForm) => draft.set('schedule', writeSchedule(next, value))
  return (
    <>
      <div>
        <span className={f.label} id="schedule-label">
          Schedule
        </span>
        <SegmentedControl
          aria-labelledby="schedule-label"
          data={form.kind === 'other' ? [...KINDS, JSON_KIND] : [...KINDS]}
          value={form.kind}
          onChange={(kind) => set(emptySchedule(kind, value))}
        />
      </div>
      {form.kind === 'interval' && (
        <div className={c.line}>
          <NumberInput
            label="Every"
            min={1}
            w={100}
            allowDecimal={false}
            value={form.quantity}
            onChange={(quantity) => typeof quantity === 'number' && set({ ...form, quantity })}
          />
          <Select
            label="Unit"
            w={140}
            data={UNITS.map((unit) => ({ value: unit, label: `${sentence(unit)}s` }))}
            value={form.unit}
            onChange={(unit) => set({ ...form, unit: UNITS.find((one) => one === unit) ?? form.unit })}
          />
        </div>
      )}
      {form.kind === 'cron' && (
        <TextInput
          label="Cron expression"
          description="Minute, hour, day of the month, month, day of the week"
          value={form.expression}
          onChange={(event) => set({ kind: 'cron', expression: event.currentTarget.value })}
          styles={{ input: { fontFamily: 'var(--font-mono)' } }}
        />
      )}
      {form.kind === 'visual_cron' && <WeekdayTimes form={form} onChange={set} />}
      {form.kind === 'other' && (
        <JsonField draft={draft} name="schedule" label="Schedule as JSON" hideLabel />
      )}
      {form.kind !== 'manual' && form.kind !== 'other' && <p className={f.hint}>{scheduleWords(value)}</p>}
    </>
  )
}
