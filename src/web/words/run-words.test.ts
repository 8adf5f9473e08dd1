import { describe, expect, it } from 'vitest'
import type { PlanEntryWire } from '../../core/wire/plan.ts'
import type { Run } from '../../core/wire/run.ts'
import { runMs, runSentence, runWho, shownPhases, touchedWords, wholeRunSentence } from './run-words.ts'

const none = { inbound: 0, outbound: 0, conflicts: 0, held: 0, aside: 0, pending: 0 }
const run: Run = {
  id: '1',
  direction: 'OUTBOUND',
  trigger: 'save',
  state: 'succeeded',
  full: false,
  dryRun: false,
  head: null,
  actor: null,
  savedBy: ['Ann'],
  createdAt: '2026-01-01T00:00:00.000Z',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:00.240Z',
  counts: none,
  touched: [],
  waiting: 0,
  error: null,
  phases: [],
  commits: [],
  changes: { inbound: [], outbound: [] },
  diagnostics: [],
  plan: null,
}
const users: PlanEntryWire = {
  kind: 'parent-models',
  slug: 'users',
  path: null,
  change: 'changed',
  fields: [],
  impact: { word: 'safe', reasons: [] },
}

describe('a run by what it moved', () => {
  it.each([
    [[], none, ''],
    [['users'], { ...none, outbound: 1 }, 'users'],
    [['users', 'users'], { ...none, inbound: 1, outbound: 1 }, 'users'],
    [['a', 'b', 'c', 'd', 'e', 'f'], { ...none, inbound: 20, outbound: 4 }, 'a, b, c and 21 more'],
  ])('[W5] names %j of %j', (touched, counts, words) => {
    expect(touchedWords({ ...run, touched, counts })).toBe(words)
  })
})

describe('a run in a sentence', () => {
  it('[W5] says what it did in both directions', () => {
    expect(runSentence({ ...run, counts: { ...none, inbound: 1, outbound: 3, conflicts: 1 } })).toBe(
      '1 change from Git is in the workspace, 3 changes of the workspace are in Git and 1 resource changed on both sides and waits for a decision.',
    )
    expect(runSentence({ ...run, state: 'nothing-to-do', waiting: 1 })).toBe(
      'Nothing moved: 1 change waits and says why.',
    )
    expect(runSentence({ ...run, state: 'nothing-to-do' })).toBe(
      'Nothing to do: workspace and repository were equal.',
    )
    expect(runSentence({ ...run, state: 'nothing-to-do', counts: { ...none, conflicts: 1, aside: 2 } })).toBe(
      'Nothing moved: 1 resource changed on both sides and waits for a decision and 2 files with errors are set aside.',
    )
  })

  it('[W5] names whose change is in Git, and in how many commits', () => {
    const commits = [
      { oid: 'a', subject: 'Update parent model Users', author: 'Schema bot' },
      { oid: 'b', subject: 'Create relationship', author: 'Schema bot' },
    ]
    expect(wholeRunSentence({ ...run, commits, changes: { inbound: [], outbound: [users] } })).toBe(
      "Ann's change to users is in Git, 2 commits.",
    )
    const asked = { ...run, actor: 'Bob', commits, changes: { inbound: [], outbound: [users] } }
    expect(wholeRunSentence(asked)).toBe("Ann's change to users is in Git, 2 commits.")
    expect(wholeRunSentence({ ...asked, savedBy: [] })).toBe("Bob's change to users is in Git, 2 commits.")
    expect(wholeRunSentence({ ...asked, actor: null, savedBy: [] })).toBe(
      'The change to users is in Git, 2 commits.',
    )
    const review = 'tandem/staging/ann'
    expect(wholeRunSentence({ ...asked, commits: commits.map((one) => ({ ...one, review })) })).toBe(
      "Ann's change to users is in review, 2 commits.",
    )
    const many = ['a', 'b', 'c', 'd'].map((slug) => ({ ...users, slug }))
    expect(wholeRunSentence({ ...run, changes: { inbound: [], outbound: many } })).toBe(
      "Ann's changes to a, b and 2 more are in Git.",
    )
  })

  it('[W5] is by who asked, else by who saved what it carries, else by the server itself', () => {
    expect(runWho({ actor: 'Bob', savedBy: ['Ann'] })).toBe('Bob')
    expect(runWho({ actor: null, savedBy: ['Ann'] })).toBe('Ann')
    expect(runWho({ actor: null, savedBy: ['Ann', 'Bob', 'Cy'] })).toBe('Ann, Bob and Cy')
    expect(runWho({ actor: null, savedBy: [] })).toBe('Tandem')
  })

  it('[S24] shows the put-back among the steps where it did something or is where the run is', () => {
    const phase = (name: string, ms: number) => ({ name, done: 1, total: 1, ms })
    const names = (...phases: ReturnType<typeof phase>[]) => shownPhases(phases).map(({ name }) => name)
    expect([
      names(phase('plan', 0), phase('put-back', 0.2), phase('write', 0)),
      names(phase('plan', 3), phase('put-back', 12), phase('write', 4)),
      names(phase('plan', 3), phase('put-back', 0)),
      names(phase('reviews', 3), { ...phase('propose', 3), total: 0 }),
    ]).toEqual([['plan', 'write'], ['plan', 'put-back', 'write'], ['plan', 'put-back'], ['reviews']])
  })

  it('[S24] says what stopped a failed run', () => {
    const error = { code: 'blocked', message: 'Commit 5d2e9aa brings 2 errors.', hint: null }
    expect(wholeRunSentence({ ...run, state: 'failed', error })).toBe('Commit 5d2e9aa brings 2 errors.')
    expect([runMs(run), runMs({ ...run, finishedAt: null })]).toEqual([240, null])
  })
})
