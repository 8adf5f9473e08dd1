import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs'
import IconEqualNot from '@tabler/icons-react/dist/esm/icons/IconEqualNot.mjs'
import IconMinus from '@tabler/icons-react/dist/esm/icons/IconMinus.mjs'
import type { Cell } from '../../core/environments/matrix.ts'
import c from './environments.module.css'

const LOOKS = {
  same: { Icon: IconCheck, word: 'Same', color: 'var(--text-3)' },
  differs: { Icon: IconEqualNot, word: 'Differs', color: 'var(--amber)' },
  missing: { Icon: IconMinus, word: 'Missing', color: 'var(--red)' },
  pending: { Icon: IconClock, word: 'Pending', color: 'var(--slate)' },
} as const

/** How a resource stands in one workspace: quiet where all is alike. */
export function CellMark({ cell }: { readonly cell: Cell }) {
  const { Icon, word, color } = LOOKS[cell]
  return (
    <span className={c.cell} style={{ color }}>
      <Icon size={14} stroke={2} aria-hidden />
      {word}
    </span>
  )
}
