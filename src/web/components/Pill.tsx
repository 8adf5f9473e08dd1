import type { ReactNode } from 'react'
import c from './Pill.module.css'
import { type Tone, toneStyle } from './tone.ts'

type Props = { readonly tone: Tone; readonly icon?: ReactNode; readonly children: ReactNode }

export function Pill({ tone, icon, children }: Props) {
  return (
    <span className={c.pill} style={toneStyle(tone)}>
      {icon}
      {children}
    </span>
  )
}
