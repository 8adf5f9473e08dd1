import pc from 'picocolors'
import type { HeldGroup } from '../../core/wire/held.ts'
import { CliError, EXIT } from '../exit.ts'
import { entryLine, onOneLine } from './words.ts'

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
  const known = groups.map((group) => `--digest ${group.digest} (${group.first.direction})`).join(', ')
  throw new CliError(EXIT.usage, what, known === '' ? null : `Name one: ${known}.`)
}

export function heldLines({ digest, first, entries }: HeldGroup): string[] {
  return [
    ...entries.map(({ message }) => pc.bold(`${onOneLine(message)}.`)),
    ...first.changes.map(entryLine),
    `digest ${digest}`,
  ]
}
