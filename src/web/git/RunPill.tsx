import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs'
import IconCircleDashed from '@tabler/icons-react/dist/esm/icons/IconCircleDashed.mjs'
import IconCircleX from '@tabler/icons-react/dist/esm/icons/IconCircleX.mjs'
import IconHandStop from '@tabler/icons-react/dist/esm/icons/IconHandStop.mjs'
import IconHourglass from '@tabler/icons-react/dist/esm/icons/IconHourglass.mjs'
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs'
import type { RunSummary } from '../../core/wire/run.ts'
import { Pill } from '../components/Pill.tsx'
import { RUN_STATES } from '../words/run-words.ts'

const ICONS = {
  queued: IconHourglass,
  running: IconRefresh,
  succeeded: IconCircleCheck,
  failed: IconCircleX,
  held: IconHandStop,
  'nothing-to-do': IconCircleDashed,
} satisfies Record<RunSummary['state'], unknown>

export function RunPill({ state }: { readonly state: RunSummary['state'] }) {
  const { tone, word } = RUN_STATES[state]
  const Icon = ICONS[state]
  return (
    <Pill tone={tone} icon={<Icon size={13} stroke={2} aria-hidden />}>
      {word}
    </Pill>
  )
}
