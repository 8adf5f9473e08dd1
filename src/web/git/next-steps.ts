import type { GitStatus } from '../../core/wire/git.ts'
import { paths } from '../paths.ts'
import type { GitStateName } from './git-words.ts'

/** What a person does next. `link` null: nothing, or nothing that a page of ours does. */
export type NextStep = {
  readonly words: string
  readonly link: { readonly label: string; readonly to: string } | null
}

const toRun = (ws: string, run: string | null, label: string): NextStep['link'] =>
  run === null ? { label, to: paths.runs(ws) } : { label, to: paths.run(ws, run) }

/** One row a state of a connection (W5): no state is without its next step. */
export const STATUS_NEXT: Readonly<Record<GitStatus['state'], (ws: string, status: GitStatus) => NextStep>> =
  {
    'never-synced': (ws) => ({
      words: 'Look at the plan of the first sync, then start it.',
      link: { label: 'Go on with the first sync', to: paths.connect(ws) },
    }),
    'in-sync': () => ({ words: 'Nothing to do.', link: null }),
    ahead: (ws, { lastRun, reviews, waiting }) =>
      reviews > 0 && waiting === 0
        ? { words: 'What is proposed comes to the branch once it is merged.', link: null }
        : {
            words: 'Nothing to do: the next run writes the commits. If they stay, the last run says why.',
            link: toRun(ws, lastRun, 'Last run'),
          },
    behind: () => ({
      words: 'Nothing to do: the next look at the branch brings them. Sync now brings them at once.',
      link: null,
    }),
    syncing: (ws) => ({
      words: 'It ends by itself.',
      link: { label: 'Watch it at work', to: paths.runs(ws) },
    }),
    conflicts: (ws) => ({
      words: 'Choose what is to hold.',
      link: { label: 'Settle the conflicts', to: paths.conflicts(ws) },
    }),
    held: (ws, { heldRun }) => ({
      words: 'An admin looks at what it would do, then approves it.',
      link: toRun(ws, heldRun, 'The held run'),
    }),
    blocked: (ws, { lastRun }) => ({
      words: 'Mend the files and push, or put the last good version back.',
      link: toRun(ws, lastRun, 'The errors'),
    }),
    failed: (ws, { lastRun }) => ({
      words: 'The last run says what stopped it and how to mend it.',
      link: toRun(ws, lastRun, 'What stopped it'),
    }),
    off: (ws) => ({
      words: 'Saves wait here. An admin switches it on again on the checklist.',
      link: { label: 'Checklist', to: paths.checklist(ws) },
    }),
  }

/** One row a state of a resource (W6). */
export const STATE_NEXT: Readonly<Record<GitStateName, (ws: string) => NextStep>> = {
  none: (ws) => ({
    words: 'Connect a repository, and it is written with the first sync.',
    link: { label: 'Version control', to: paths.git(ws) },
  }),
  pending: (ws) => ({
    words: 'Nothing to do: the next run writes the commit. If it stays, the runs say why.',
    link: { label: 'Runs', to: paths.runs(ws) },
  }),
  'in-git': () => ({ words: 'Nothing to do.', link: null }),
  conflict: (ws) => ({
    words: 'Choose what is to hold, field by field or a side whole.',
    link: { label: 'Settle the conflict', to: paths.conflicts(ws) },
  }),
  held: (ws) => ({
    words: 'An admin looks at what the sync would do, then approves it.',
    link: { label: 'What waits', to: paths.git(ws) },
  }),
  'set-aside': (ws) => ({
    words: 'Mend the file in Git: the overview names the last run, and it the line.',
    link: { label: 'Version control', to: paths.git(ws) },
  }),
}

export const REVIEW_NEXT = (ws: string): NextStep => ({
  words: 'Further saves of it join the review.',
  link: { label: 'Reviews', to: paths.git(ws) },
})

export const FAULTY_NEXT = (ws: string): NextStep => ({
  words: 'Mend the file and push, or put the last good version back.',
  link: { label: 'Ways to mend it', to: paths.git(ws) },
})
