import type { GitState } from '../../core/wire/resource.ts'
import type { Tone } from '../components/tone.ts'

export type GitStateName = GitState['state']

type Words = { readonly tone: Tone; readonly word: string; readonly means: string }

/** One row a state (W6): the colour, the word on the pill and what it means; what comes next is in next-steps.ts. */
export const GIT_STATES: Readonly<Record<GitStateName, Words>> = {
  none: {
    tone: 'grey',
    word: 'not in Git',
    means: 'No repository holds this yet.',
  },
  pending: {
    tone: 'slate',
    word: 'pending',
    means: 'Saved here, on its way to Git.',
  },
  'in-git': {
    tone: 'green',
    word: 'in Git',
    means: 'The repository holds exactly this.',
  },
  conflict: {
    tone: 'amber',
    word: 'conflict',
    means: 'Changed here and in Git, differently. Neither side was overwritten.',
  },
  held: {
    tone: 'orange',
    word: 'held',
    means: 'Waits for a person to agree.',
  },
  'set-aside': {
    tone: 'grey',
    word: 'set aside',
    means: 'Its file in Git has an error, so neither side is written.',
  },
}

/** In place of the state, while the file at the head is at fault and the workspace stays on the last good one. */
export const FAULTY: Words = {
  tone: 'red',
  word: 'error in Git',
  means: 'Its file in Git has an error, so nothing of it comes in or goes out.',
}

/** In place of *pending*, once it stands in a review (S21). */
export const IN_REVIEW: Words = {
  tone: 'violet',
  word: 'in review',
  means: 'Saved here and proposed: it comes to the branch when its review is merged.',
}

export function shortOid(oid: string): string {
  return oid.slice(0, 7)
}
