import { ActionIcon, Button, TextInput } from '@mantine/core'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'
import { sentence } from '../words/count.ts'
import { DAYS, type Day, type Expression, type ScheduleForm } from './schedule.ts'
import c from './sync.module.css'

type Weekdays = Extract<ScheduleForm, { kind: 'visual_cron' }>
type Props = { readonly form: Weekdays; readonly onChange: (form: Weekdays) => void }

export function WeekdayTimes({ form, onChange }: Props) {
  const put = (expressions: readonly Expression[]) => onChange({ kind: 'visual_cron', expressions })
  const change = (at: number, to: Expression) => put(form.expressions.map((one, i) => (i === at ? to : one)))
  return (
    <div className={c.mappings}>
      {form.expressions.map((expression, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two equal lines are allowed, so the place is the identity
        <div key={i} className={c.line}>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would break the line of buttons and time */}
          <div className={c.days} role="group" aria-label={`Days, line ${i + 1}`}>
            {DAYS.map((day) => (
              <button
                key={day}
                type="button"
                className={c.day}
                aria-pressed={expression.days.includes(day)}
                aria-label={sentence(day)}
                onClick={() => change(i, { ...expression, days: toggled(expression.days, day) })}
              >
                {sentence(day).slice(0, 3)}
              </button>
            ))}
          </div>
          <TextInput
            type="time"
            aria-label={`Time, line ${i + 1}`}
            value={expression.time}
            onChange={(event) => change(i, { ...expression, time: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={`Remove line ${i + 1}`}
            disabled={form.expressions.length === 1}
            onClick={() => put(form.expressions.filter((_, at) => at !== i))}
          >
            <IconX size={15} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          size="xs"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => put([...form.expressions, { days: ['monday'], time: '06:00' }])}
        >
          Add a time
        </Button>
      </div>
    </div>
  )
}

function toggled(days: readonly Day[], day: Day): readonly Day[] {
  return days.includes(day) ? days.filter((one) => one !== day) : [...days, day]
}
