import pc from 'picocolors'
import type { PlanWire } from '../../core/wire/plan.ts'
import type { Run } from '../../core/wire/run.ts'
import { CliError, EXIT } from '../exit.ts'
import { entryLine, onOneLine } from './words.ts'

export type Held = PlanWire['held'][number]

/** What a run waits for: one seal a direction, with every reason for it. */
export type HeldGroup = { readonly digest: string; readonly entries: readonly [Held, ...Held[]] }

export function heldGroups({ plan }: Pick<Run, 'plan'>): readonly HeldGroup[] {
  return [...Map.groupBy(plan?.held ?? [], ({ digest }) => digest)].flatMap(([digest, [first, ...rest]]) =>
    first === undefined ? [] : [{ digest, entries: [first, ...rest] as const }],
  )
}

/** The one to approve: as named, or the only one. */
export function chooseGroup(groups: readonly HeldGroup[], digest: string | undefined): HeldGroup {
  const [first, ...others] = groups
  if (digest === undefined && first !== undefined && others.length === 0) return first
  const found = groups.find((group) => group.digest === digest)
  if (found) return found
  const what =
    digest === undefined
      ? 'Both directions wait, each with its own changes.'
      : `Nothing that waits has the digest ${digest}.`
  const known = groups.map((group) => `--digest ${group.digest} (${group.entries[0].direction})`).join(', ')
  throw new CliError(EXIT.usage, what, known === '' ? null : `Name one: ${known}.`)
}

export function heldLines({ digest, entries }: HeldGroup): string[] {
  const [{ changes }] = entries
  return [
    ...entries.map(({ message }) => pc.bold(`${onOneLine(message)}.`)),
    ...changes.map(entryLine),
    `digest ${digest}`,
  ]
}
