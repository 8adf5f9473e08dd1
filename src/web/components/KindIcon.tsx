import IconBolt from '@tabler/icons-react/dist/esm/icons/IconBolt.mjs'
import IconBox from '@tabler/icons-react/dist/esm/icons/IconBox.mjs'
import IconCube from '@tabler/icons-react/dist/esm/icons/IconCube.mjs'
import IconDatabase from '@tabler/icons-react/dist/esm/icons/IconDatabase.mjs'
import IconFileCheck from '@tabler/icons-react/dist/esm/icons/IconFileCheck.mjs'
import IconLink from '@tabler/icons-react/dist/esm/icons/IconLink.mjs'
import IconRefresh from '@tabler/icons-react/dist/esm/icons/IconRefresh.mjs'
import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend.mjs'
import IconUser from '@tabler/icons-react/dist/esm/icons/IconUser.mjs'
import type { Kind } from '../../core/model/kind.ts'

const LOOKS = {
  'parent-models': { Icon: IconUser, color: 'var(--kind-parent)' },
  'related-models': { Icon: IconBox, color: 'var(--kind-related)' },
  'event-models': { Icon: IconBolt, color: 'var(--kind-event)' },
  models: { Icon: IconCube, color: 'var(--kind-model)' },
  'model-relationships': { Icon: IconLink, color: 'var(--text-2)' },
  syncs: { Icon: IconRefresh, color: 'var(--text-2)' },
  sources: { Icon: IconDatabase, color: 'var(--text-2)' },
  destinations: { Icon: IconSend, color: 'var(--text-2)' },
  'event-contracts': { Icon: IconFileCheck, color: 'var(--text-2)' },
  'contract-events': { Icon: IconFileCheck, color: 'var(--text-2)' },
} satisfies Record<Kind, unknown>

/** The kind's icon in its colour; the word stands beside it or in the row, so it is not read out. */
export function KindIcon({ kind, size = 16 }: { readonly kind: Kind; readonly size?: number }) {
  const { Icon, color } = LOOKS[kind]
  return <Icon size={size} stroke={1.75} color={color} aria-hidden />
}

export function kindColor(kind: Kind): string {
  return LOOKS[kind].color
}
