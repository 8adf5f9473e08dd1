import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import c from './connect.module.css'
import { STEP_WORDS, STEPS, type Step } from './draft.ts'

export function StepList({ step }: { readonly step: Step }) {
  const now = STEPS.indexOf(step)
  return (
    <ol className={c.steps} aria-label="Steps">
      {STEPS.map((one, i) => (
        <li
          key={one}
          className={c.step}
          data-state={i < now ? 'past' : i === now ? 'now' : 'to-come'}
          {...(i === now ? { 'aria-current': 'step' } : {})}
        >
          <span className={c.number}>
            {i < now ? <IconCheck size={13} stroke={2.5} aria-label="done" /> : i + 1}
          </span>
          <span className={c.word}>{STEP_WORDS[one]}</span>
        </li>
      ))}
    </ol>
  )
}
