import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs'
import IconCircleCheck from '@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs'
import IconCircleX from '@tabler/icons-react/dist/esm/icons/IconCircleX.mjs'
import type { DoctorItem } from '../../core/wire/doctor.ts'
import { Coded } from '../components/Coded.tsx'
import c from './checklist.module.css'
import { MendAction } from './MendAction.tsx'

const LOOKS = {
  fail: { tone: 'red', word: 'Fails', Icon: IconCircleX },
  warn: { tone: 'amber', word: 'Warns', Icon: IconAlertTriangle },
  pass: { tone: 'green', word: 'Passes', Icon: IconCircleCheck },
} as const

export function CheckRow({ ws, item }: { readonly ws: string; readonly item: DoctorItem }) {
  const { state, title, message, fix, mend } = item
  const { tone, word, Icon } = LOOKS[state]
  return (
    <li className={c.row}>
      <span className={c.icon} style={{ color: `var(--${tone})` }}>
        <Icon size={18} stroke={2} aria-hidden />
        <span className="visually-hidden">{word}</span>
      </span>
      <div className={c.words}>
        <h3 className={c.title}>{title}</h3>
        <p className={c.message}>
          <Coded text={message} />
        </p>
        {fix !== null && (
          <p className={c.fix}>
            <Coded text={fix} />
          </p>
        )}
      </div>
      {mend !== null && <MendAction ws={ws} mend={mend} />}
    </li>
  )
}
