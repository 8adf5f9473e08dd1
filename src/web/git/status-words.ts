import type { GitStatus } from '../../core/wire/git.ts'
import type { Tone } from '../components/tone.ts'
import { count } from '../words/count.ts'
import { shortOid } from './git-words.ts'

type StatusWords = {
  readonly tone: Tone
  readonly word: string
  readonly sentence: (status: GitStatus) => string
}

const at = (status: GitStatus) => (status.syncedCommit === null ? '' : ` at ${shortOid(status.syncedCommit)}`)

/** The workspace's Git state at a glance (W5): a word for the pill, a sentence for the Overview. */
export const STATUS_WORDS: Readonly<Record<GitStatus['state'], StatusWords>> = {
  'never-synced': {
    tone: 'grey',
    word: 'not synced yet',
    sentence: () => 'The repository is connected and nothing was synced yet.',
  },
  'in-sync': {
    tone: 'green',
    word: 'in sync',
    sentence: (status) => `Workspace and repository are equal${at(status)}.`,
  },
  ahead: {
    tone: 'violet',
    word: 'ahead',
    sentence: ({ waiting, reviews }) =>
      reviews === 0
        ? `${count(waiting, 'save')} on the way to Git.`
        : `${count(reviews, 'review')} open${waiting === 0 ? '' : `, ${count(waiting, 'save')} on the way to Git`}.`,
  },
  behind: {
    tone: 'blue',
    word: 'behind',
    sentence: () => 'Commits in the repository are on their way to the workspace.',
  },
  syncing: { tone: 'slate', word: 'syncing', sentence: () => 'A run is at work.' },
  conflicts: {
    tone: 'amber',
    word: 'conflicts',
    sentence: (status) =>
      `${count(status.conflicts, 'resource')} changed differently here and in Git. Everything else flows.`,
  },
  held: {
    tone: 'orange',
    word: 'held',
    sentence: () => 'A sync waits for consent. The other direction goes on.',
  },
  blocked: {
    tone: 'red',
    word: 'blocked',
    sentence: (status) =>
      `A commit with errors waits for a mend. The workspace stays on the last good commit${at(status)}.`,
  },
  failed: {
    tone: 'red',
    word: 'failed',
    sentence: () => 'The last run failed. Nothing is lost: what was saved waits and is sent again.',
  },
  off: { tone: 'grey', word: 'off', sentence: () => 'Git sync is switched off for this workspace.' },
}
