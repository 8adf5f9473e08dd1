import type { ImpactWire } from '../../core/wire/plan.ts'
import { Pill } from '../components/Pill.tsx'

/** Nothing for what is safe. */
export function ImpactPill({ impact }: { readonly impact: ImpactWire }) {
  if (impact.word === 'safe') return null
  return <Pill tone={impact.word === 'breaking' ? 'red' : 'amber'}>{impact.word}</Pill>
}
