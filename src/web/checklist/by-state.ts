import type { DoctorItem } from '../../core/wire/doctor.ts'
import { count } from '../words/count.ts'

export type StateGroup = {
  readonly state: DoctorItem['state']
  readonly title: string
  readonly items: readonly DoctorItem[]
}

const TITLES = [
  ['fail', 'To mend'],
  ['warn', 'Worth a look'],
  ['pass', 'In order'],
] as const

/** What fails first; the order within a state is the server's. */
export function byState(items: readonly DoctorItem[]): readonly StateGroup[] {
  return TITLES.map(([state, title]) => ({
    state,
    title,
    items: items.filter((item) => item.state === state),
  })).filter((group) => group.items.length > 0)
}

/** The verdict in a sentence. */
export function verdict(items: readonly DoctorItem[]): string {
  const of = (state: DoctorItem['state']) => items.filter((item) => item.state === state).length
  const [faults, warnings] = [of('fail'), of('warn')]
  if (faults > 0) {
    const also = warnings === 0 ? '' : `, and ${count(warnings, 'thing')} worth a look`
    return `${count(faults, 'thing')} to mend${also}.`
  }
  if (warnings > 0) return `Ready, with ${count(warnings, 'thing')} worth a look.`
  return 'Ready: everything is in order.'
}
