import type { GitState } from '../../core/wire/resource.ts'
import type { Tone } from '../components/tone.ts'

export type GitStateName = GitState['state']

type Words = { readonly tone: Tone; readonly word: string; readonly means: string; readonly next: string }

/** One row a state (W6): the colour, the word on the pill, what it means and what comes next. */
export const GIT_STATES: Readonly<Record<GitStateName, Words>> = {
  none: {
    tone: 'grey',
    word: 'not in Git',
    means: 'No repository holds this yet.',
    next: 'Connect a repository under Version control, and it is written with the first sync.',
  },
  pending: {
    tone: 'slate',
    word: 'pending',
    means: 'Saved here, on its way to Git.',
    next: 'Nothing to do: the next run writes the commit. If it stays, the runs say why.',
  },
  'in-git': {
    tone: 'green',
    word: 'in Git',
    means: 'The repository holds exactly this.',
    next: 'Nothing to do.',
  },
  conflict: {
    tone: 'amber',
    word: 'conflict',
    means: 'Changed here and in Git, differently. Neither side was overwritten.',
    next: "Open it and take the workspace's version or Git's.",
  },
  held: {
    tone: 'orange',
    word: 'held',
    means: 'Waits for a person to agree.',
    next: 'The last run says what has to be approved.',
  },
  'set-aside': {
    tone: 'grey',
    word: 'set aside',
    means: 'Its file in Git has an error, so neither side is written.',
    next: 'Mend the file in Git: the last run names the line.',
  },
}

export function shortOid(oid: string): string {
  return oid.slice(0, 7)
}
