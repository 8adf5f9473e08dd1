import type { HeldReason } from '../../core/plan/plan.ts'
import type { Held, HeldGroup } from '../../core/wire/held.ts'
import { count, listWords } from '../words/count.ts'

type Direction = Held['direction']

type Words = {
  /** What approving brings about. */
  readonly means: (direction: Direction) => string
  /** How to be rid of it without approving. */
  readonly instead: string
}

const THERE: Readonly<Record<Direction, string>> = {
  inbound: 'here',
  outbound: 'in Git',
  both: 'on both sides',
}

/** One row a reason (S16, S19): what consent does, and the way without it. */
export const HELD_WORDS: Readonly<Record<HeldReason, Words>> = {
  deletions: {
    means: (direction) => `Approving deletes them ${THERE[direction]}, with all else that is listed.`,
    instead: 'If nobody meant that, undo it where it was done and sync: then nothing waits any more.',
  },
  reassignment: {
    means: () => 'Approving gives them the source or destination that the alias file names now.',
    instead: 'If nobody meant that, put the alias file right and sync.',
  },
  approval: {
    means: () => 'Approving lets exactly these changes in; later commits wait for their own approval.',
    instead: 'If they are not to come in, revert them in Git and sync.',
  },
  'path-emptied': {
    means: () => 'Approving deletes them here, as somebody deleted their files.',
    instead: "If the files moved, change the connection's path instead.",
  },
  'branch-gone': {
    means: () =>
      'Approving makes the branch again from the workspace, as a first sync does: nothing is deleted on either side.',
    instead: 'If somebody deleted it by mistake, push it again and sync.',
  },
  'history-rewritten': {
    means: () =>
      'What the new history no longer has is still here. Send it again, as new commits on top, or give it up here too.',
    instead: 'If the rewrite was a mistake, push the old history again and sync.',
  },
}

export function heldTitle({ entries }: HeldGroup): string {
  return entries.map(({ message }) => `${message}.`).join(' ')
}

/** `Approve 7 deletions and 1 change`. */
export function approveWords({ first: { reason, changes } }: HeldGroup): string {
  if (reason === 'branch-gone') return 'Make the branch again'
  const gone = changes.filter(({ change }) => change === 'removed').length
  const others = changes.length - gone
  const parts = [
    ...(gone > 0 ? [count(gone, 'deletion')] : []),
    ...(others > 0 ? [count(others, 'change')] : []),
  ]
  return parts.length === 0 ? 'Approve' : `Approve ${listWords(parts)}`
}
