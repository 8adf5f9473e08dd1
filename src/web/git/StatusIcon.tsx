import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import IconArrowDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs'
import IconArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs'
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs'
import IconCircleDashed from '@tabler/icons-react/dist/esm/icons/IconCircleDashed.mjs'
import IconCircleX from '@tabler/icons-react/dist/esm/icons/IconCircleX.mjs'
import IconHandStop from '@tabler/icons-react/dist/esm/icons/IconHandStop.mjs'
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs'
import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs'
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs'
import type { GitStatus } from '../../core/wire/git.ts'

const ICONS = {
  'never-synced': IconCircleDashed,
  'in-sync': IconCircleCheck,
  ahead: IconArrowUp,
  behind: IconArrowDown,
  syncing: IconRefresh,
  conflicts: IconAlertTriangle,
  held: IconHandStop,
  blocked: IconLock,
  failed: IconCircleX,
  off: IconPlayerPause,
} satisfies Record<GitStatus['state'], unknown>

export function StatusIcon({
  state,
  size = 13,
}: {
  readonly state: GitStatus['state']
  readonly size?: number
}) {
  const Icon = ICONS[state]
  return <Icon size={size} stroke={2} aria-hidden />
}
