import type { EnvironmentDrift } from '../../core/wire/environments.ts'
import { count } from '../words/count.ts'

type Day = EnvironmentDrift['days'][number]

const dates = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', timeZone: 'UTC' })

/** `March 29`: the days are those of UTC. */
export function dayWords(day: string): string {
  return dates.format(new Date(`${day}T00:00:00Z`))
}

/** `March 29: 4 resources differed`. */
export function differedOn({ day, differing }: Day): string {
  return `${dayWords(day)}: ${count(differing, 'resource')} differed`
}

export function isSteady(days: readonly Day[]): boolean {
  return days.every(({ differing }) => differing === days[0]?.differing)
}

/** What the picture shows, in a sentence. */
export function driftWords({ from, to, days }: EnvironmentDrift): string {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return ''
  if (days.length === 1) return `${from} and ${to} share only today so far: the line begins tomorrow.`
  const since = dayWords(first.day)
  if (isSteady(days)) {
    return `Nothing moved them apart or together since ${since}: ${count(last.differing, 'resource')} differed all the time.`
  }
  const most = days.reduce((a, b) => (b.differing > a.differing ? b : a))
  return `${count(first.differing, 'resource')} differed on ${since}, ${count(last.differing, 'resource')} today; the most were ${most.differing}, on ${dayWords(most.day)}.`.replace(
    /^no/,
    'No',
  )
}
