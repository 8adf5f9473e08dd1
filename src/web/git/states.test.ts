import { describe, expect, it } from 'vitest'
import { HELD_REASONS } from '../../core/plan/plan.ts'
import { GIT_STATUS, GitStatus } from '../../core/wire/git.ts'
import { heldGroups } from '../../core/wire/held.ts'
import { GIT_STATES as GIT_STATE_NAMES } from '../../core/wire/resource.ts'
import { GIT_STATES } from './git-words.ts'
import { approveWords, HELD_WORDS, heldTitle } from './held-words.ts'
import { STATE_NEXT, STATUS_NEXT } from './next-steps.ts'
import { STATUS_WORDS } from './status-words.ts'

const status = (state: GitStatus['state']): GitStatus =>
  GitStatus.parse({
    state,
    syncedCommit: 'abcdef1234567890',
    syncedAt: null,
    lastInbound: null,
    lastOutbound: null,
    waiting: 2,
    conflicts: 1,
    pending: 0,
    aside: 0,
    forwards: 0,
    reviews: 0,
    lastRun: '7',
    heldRun: '6',
  })

describe('every state', () => {
  it('[W5] of a connection has a colour, a word, a sentence and a next step', () => {
    const rows = GIT_STATUS.map((state) => {
      const { tone, word, sentence } = STATUS_WORDS[state]
      const { words, link } = STATUS_NEXT[state]('w', status(state))
      return [state, tone, word, sentence(status(state)).length > 10, words.length > 10, link?.to ?? null]
    })
    expect(rows).toEqual([
      ['never-synced', 'grey', 'not synced yet', true, true, '/w/git/connect'],
      ['in-sync', 'green', 'in sync', true, true, null],
      ['ahead', 'violet', 'ahead', true, true, '/w/git/runs/7'],
      ['behind', 'blue', 'behind', true, true, null],
      ['syncing', 'slate', 'syncing', true, true, '/w/git/runs'],
      ['conflicts', 'amber', 'conflicts', true, true, '/w/git/conflicts'],
      ['blocked', 'red', 'blocked', true, true, '/w/git/runs/7'],
      ['held', 'orange', 'held', true, true, '/w/git/runs/6'],
      ['failed', 'red', 'failed', true, true, '/w/git/runs/7'],
      ['off', 'grey', 'off', true, true, '/w/git/checklist'],
    ])
  })

  it('[W6] of a resource has a colour, a word, a meaning and a next step', () => {
    const rows = GIT_STATE_NAMES.map((state) => {
      const { tone, word, means } = GIT_STATES[state]
      const { words, link } = STATE_NEXT[state]('w')
      return [state, tone, word, means.length > 10, words.length > 10, link?.to ?? null]
    })
    expect(rows).toEqual([
      ['none', 'grey', 'not in Git', true, true, '/w/git'],
      ['pending', 'slate', 'pending', true, true, '/w/git/runs'],
      ['in-git', 'green', 'in Git', true, true, null],
      ['conflict', 'amber', 'conflict', true, true, '/w/git/conflicts'],
      ['held', 'orange', 'held', true, true, '/w/git'],
      ['set-aside', 'grey', 'set aside', true, true, '/w/git'],
    ])
  })

  it('[S16][S19] of what is held says what consent does and how to do without', () => {
    const rows = HELD_REASONS.map((reason) => {
      const { means, instead } = HELD_WORDS[reason]
      return [
        reason,
        means('inbound').startsWith('Approving') || means('inbound').includes('Send it again'),
        instead.startsWith('If '),
      ]
    })
    expect(rows).toEqual(HELD_REASONS.map((reason) => [reason, true, true]))
  })
})

it('[S16] names what one consent is for: all reasons of a direction, and how much of each change', () => {
  const change = { kind: 'models', path: null, fields: [] } as const
  const changes = [
    { ...change, slug: 'a', change: 'removed' as const },
    { ...change, slug: 'b', change: 'removed' as const },
    { ...change, slug: 'c', change: 'changed' as const },
  ].map((one) => ({ ...one, fields: [], impact: { word: 'safe' as const, reasons: [] } }))
  const entry = { direction: 'inbound' as const, digest: 'd', changes }
  const [group] = heldGroups({
    held: [
      { ...entry, reason: 'deletions', message: 'It would delete 2' },
      { ...entry, reason: 'reassignment', message: 'A change of aliases' },
    ],
  })
  if (group === undefined) throw new Error('one direction is held')
  expect([heldTitle(group), approveWords(group)]).toEqual([
    'It would delete 2. A change of aliases.',
    'Approve 2 deletions and 1 change',
  ])
  const gone = {
    ...entry,
    direction: 'both' as const,
    reason: 'branch-gone' as const,
    message: 'Gone',
    changes: [],
  }
  expect(approveWords({ digest: 'd', first: gone, entries: [gone] })).toBe('Make the branch again')
})
