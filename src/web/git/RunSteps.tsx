import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs'
import IconCircleX from '@tabler/icons-react/dist/esm/icons/IconCircleX.mjs'
import IconLoader2 from '@tabler/icons-react/dist/esm/icons/IconLoader2.mjs'
import type { Run } from '../../core/wire/run.ts'
import { formatNumber } from '../words/count.ts'
import { phaseWords, shownPhases } from '../words/run-words.ts'
import { duration } from '../words/time.ts'
import c from './run.module.css'

/**
 * The steps of a run, with counts and times; the last one of a failed run is where it stopped. A commit with
 * errors stops no step: what is at fault is in its files.
 */
export function RunSteps({ run }: { readonly run: Run }) {
  const phases = shownPhases(run.phases)
  return (
    <ol className={c.steps} aria-label="Steps">
      {phases.map((phase, i) => {
        const last = i === phases.length - 1
        const stopped = last && run.state === 'failed' && run.error?.code !== 'broken-commit'
        const going = last && run.state === 'running'
        const Icon = stopped ? IconCircleX : going ? IconLoader2 : IconCircleCheck
        const done =
          phase.total === null || phase.total <= 1
            ? ''
            : `${formatNumber(phase.done)} of ${formatNumber(phase.total)}`
        return (
          <li key={phase.name} className={c.step}>
            <Icon
              size={16}
              stroke={2}
              color={stopped ? 'var(--red)' : going ? 'var(--slate)' : 'var(--green)'}
              className={going ? c.turns : undefined}
              aria-hidden
            />
            <span className={c['step-name']}>{phaseWords(phase.name)}</span>
            <span className={c['step-count']}>{done}</span>
            <span className={c['step-time']}>{phase.ms === null ? '' : duration(phase.ms)}</span>
          </li>
        )
      })}
    </ol>
  )
}
