import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import IconArchive from '@tabler/icons-react/dist/esm/icons/IconArchive.mjs'
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs'
import IconCircleDashed from '@tabler/icons-react/dist/esm/icons/IconCircleDashed.mjs'
import IconClockUp from '@tabler/icons-react/dist/esm/icons/IconClockUp.mjs'
import IconHandStop from '@tabler/icons-react/dist/esm/icons/IconHandStop.mjs'
import type { GitStateName } from './git-words.ts'

const ICONS = {
  none: IconCircleDashed,
  pending: IconClockUp,
  'in-git': IconCircleCheck,
  conflict: IconAlertTriangle,
  held: IconHandStop,
  'set-aside': IconArchive,
} satisfies Record<GitStateName, unknown>

export function GitStateIcon({ state, size = 13 }: { readonly state: GitStateName; readonly size?: number }) {
  const Icon = ICONS[state]
  return <Icon size={size} stroke={2} aria-hidden />
}
