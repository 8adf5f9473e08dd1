import { describe, expect, it } from 'vitest'
import type { ConnectionFacts, DoctorFacts, OtherWorkspace, RepositoryFacts, SourceAnswer } from './facts.ts'
import type { DoctorItem } from './item.ts'
import { judge } from './judge.ts'

const WAREHOUSE = { slug: 'wh', name: 'Warehouse', type: 'postgres' }

const READ: Extract<RepositoryFacts, { kind: 'read' }> = {
  kind: 'read',
  hasAliasFile: true,
  aliasProblems: [],
  unknownNames: [],
  errors: [],
  slugs: { sources: ['wh'], destinations: [] },
}
const WORK: ConnectionFacts['work'] = {
  isSyncing: false,
  isBlocked: false,
  heldRun: null,
  lastRun: 'r1',
  failure: null,
  conflicts: [],
  aside: [],
  pending: [],
  waiting: 0,
}
const CONNECTION: ConnectionFacts = {
  url: 'https://git.example/team/schema.git',
  branch: 'main',
  path: '',
  shared: false,
  aliasFile: 'aliases-staging.yaml',
  manifestFile: 'manifest-staging.yaml',
  isSynced: true,
  remote: { kind: 'ok', branches: ['main', 'live'], defaultBranch: 'main' },
  repository: READ,
  others: [],
  hidden: 0,
  work: WORK,
}
const WELL: DoctorFacts = {
  workspace: { slug: 'staging', gitSync: true, isArchived: false },
  sources: [{ ...WAREHOUSE, answer: { kind: 'ok' } }],
  connection: CONNECTION,
}
const PRODUCTION: OtherWorkspace = {
  slug: 'production',
  branch: 'live',
  path: '',
  shared: false,
  manifestFile: 'manifest-production.yaml',
  place: 'elsewhere',
  sources: [WAREHOUSE],
  sameByAlias: [],
  otherSlugs: [],
}

const connected = (connection: Partial<ConnectionFacts>): DoctorFacts => ({
  ...WELL,
  connection: { ...CONNECTION, ...connection },
})
const reading = (repository: Partial<typeof READ>) => connected({ repository: { ...READ, ...repository } })
const working = (work: Partial<typeof WORK>) => connected({ work: { ...WORK, ...work } })
const beside = (other: Partial<OtherWorkspace>, own: Partial<ConnectionFacts> = {}) =>
  connected({ ...own, others: [{ ...PRODUCTION, ...other }] })
const answering = (answer: SourceAnswer): DoctorFacts => ({ ...WELL, sources: [{ ...WAREHOUSE, answer }] })

/** What is wrong, and nothing else. */
function troubles(facts: DoctorFacts): Omit<DoctorItem, 'title'>[] {
  return judge(facts).flatMap(({ title: _, ...item }) => (item.state === 'pass' ? [] : [item]))
}

it('[S27] passes each check by name when all is well', () => {
  expect(judge(WELL).map(({ id, state, fix, mend }) => [id, state, fix, mend])).toEqual(
    [
      'git-sync',
      'connection',
      'credentials',
      'place',
      'slugs',
      'aliases',
      'names',
      'environments',
      'open',
      'sources',
    ].map((id) => [id, 'pass', null, null]),
  )
})

describe('the connection', () => {
  it('[S27] Git Sync that is off fails', () => {
    expect(troubles({ ...WELL, workspace: { slug: 'staging', gitSync: false, isArchived: false } })).toEqual([
      {
        id: 'git-sync',
        state: 'fail',
        message: 'Git Sync is off for staging: saves wait, and commits are not read.',
        fix: 'Switch Git Sync on; an admin of the workspace may.',
        mend: { kind: 'switch-on' },
      },
    ])
  })

  it('[S27] without a repository only what needs none is checked', () => {
    expect(judge({ ...WELL, connection: null }).map(({ id, state }) => [id, state])).toEqual([
      ['git-sync', 'pass'],
      ['connection', 'fail'],
      ['sources', 'pass'],
    ])
  })

  it('[S27] [S29] one that was never synced says so', () => {
    expect(troubles(connected({ isSynced: false }))).toEqual([
      {
        id: 'connection',
        state: 'warn',
        message: 'staging is connected, but nothing is read or written before the first sync.',
        fix: 'Look at the plan of the first sync and start it.',
        mend: { kind: 'connect' },
      },
    ])
  })

  it('[S27] credentials fail with the words of the host and a mend of their own', () => {
    const remote = { kind: 'failed', code: 'auth', message: 'The host did not accept the token.' } as const
    expect(troubles(connected({ remote }))).toEqual([
      {
        id: 'credentials',
        state: 'fail',
        message: 'staging cannot read and write the repository: The host did not accept the token.',
        fix: 'Put in a token or key that may read and write this repository; a token needs the right to write contents.',
        mend: { kind: 'connect' },
      },
    ])
    const unheard = connected({ remote: { kind: 'failed', code: 'new-code', message: 'No.' } })
    expect(troubles(unheard)[0]?.fix).toBe('Change the connection so that its test succeeds.')
    const silent = connected({ remote: { kind: 'timed-out', seconds: 15 } })
    expect(troubles(silent)[0]?.message).toBe('The repository of staging did not answer within 15 seconds.')
  })
})

describe('branch and path', () => {
  it('[S27] [E5] may be shared when both say so', () => {
    const facts = beside({ place: 'same', shared: true }, { shared: true })
    expect(judge(facts).find(({ id }) => id === 'place')?.message).toBe(
      'staging shares the branch main on purpose with production.',
    )
    expect(troubles(facts)).toEqual([])
  })

  it('[S27] [E5] fail where one does not say so, and name that one', () => {
    expect(troubles(beside({ place: 'same', shared: true }))).toEqual([
      {
        id: 'place:production',
        state: 'fail',
        message:
          'staging and production both use the branch main, but staging does not say that it shares them.',
        fix: 'Mark the connection of staging as shared, or give one of the two another branch or path.',
        mend: { kind: 'share', workspace: 'staging' },
      },
    ])
    const [other] = troubles(beside({ place: 'same' }, { shared: true }))
    expect(other?.fix).toBe(
      'Mark the connection of production as shared, or give one of the two another branch or path.',
    )
  })

  it('[S27] are a slip of the pen where a branch of the workspace’s name lies unused', () => {
    const remote = { kind: 'ok', branches: ['main', 'staging', 'stagign'], defaultBranch: 'main' } as const
    expect(troubles(connected({ remote, branch: 'stagign' }))).toEqual([
      {
        id: 'place:branch',
        state: 'warn',
        message:
          'staging uses the branch stagign, but the repository has a branch staging that no workspace of yours uses.',
        fix: 'Use the branch staging; its first sync shows a plan before anything changes. If stagign is right, delete the other one.',
        mend: { kind: 'switch-branch', branch: 'staging' },
      },
    ])
    expect(troubles(connected({ remote }))).toEqual([])
    expect(troubles(beside({ branch: 'staging' }, { remote, branch: 'stagign' }))).toEqual([])
  })

  it('[S27] [E5] fail inside each other, and when two write one manifest', () => {
    const inside = troubles(beside({ place: 'inside' }))
    const adopted = troubles(
      beside(
        { place: 'same', shared: true },
        { shared: true, manifestFile: 'manifest-production.yaml', aliasFile: 'aliases-production.yaml' },
      ),
    )
    expect([...inside, ...adopted].map(({ state, fix }) => [state, fix])).toEqual([
      ['fail', 'Give one of the two workspaces another path.'],
      ['fail', 'Take the adopted manifest out of the connection of one of the two.'],
    ])
  })
})

describe('other workspaces', () => {
  it('[S27] one thing with two slugs is named with both', () => {
    const otherSlugs = [{ kind: 'parent-models', name: 'Users', here: 'users', there: 'people' }] as const
    expect(troubles(beside({ otherSlugs }))).toEqual([
      {
        id: 'slugs:production:parent-models:users',
        state: 'warn',
        message:
          'The parent model Users has the slug users in staging and people in production: merging their files makes two of it.',
        fix: 'Rename one of the two, so that both workspaces have the slug people, or both users.',
        mend: { kind: 'rename', resource: 'parent-models', slug: 'users', to: 'people' },
      },
    ])
  })

  it('[S27] a source that one lacks is copied, one that differs is opened', () => {
    const ads = { slug: 'ads', name: 'Ads', type: 'bigquery' }
    const lake = { slug: 'wh', name: 'Warehouse', type: 'duckdb' }
    expect(troubles(beside({ sources: [WAREHOUSE, ads] }))).toEqual([
      {
        id: 'environments:staging:ads',
        state: 'warn',
        message: 'production has the source Ads (ads, bigquery); staging has none of this name and type.',
        fix: 'Copy it to staging and fill in its secrets there.',
        mend: { kind: 'copy-source', from: 'production', slug: 'ads', to: 'staging' },
      },
    ])
    expect(troubles(beside({ sources: [lake] })).map(({ id, mend }) => [id, mend])).toEqual([
      ['environments:production:wh', { kind: 'source', workspace: 'production', slug: 'wh' }],
      ['environments:staging:wh', { kind: 'source', workspace: 'staging', slug: 'wh' }],
    ])
    expect(troubles(beside({ sources: [{ ...WAREHOUSE, slug: 'main', name: 'warehouse ' }] }))).toEqual([])
  })

  it('[S27] [E1] sources that one alias makes the same are lacking nowhere, whatever they are called', () => {
    const live = { slug: 'live', name: 'Live', type: 'postgres' }
    const sameByAlias = [{ here: 'wh', there: 'live' }]
    expect(troubles(beside({ sources: [live], sameByAlias }))).toEqual([])
  })

  it('[S27] [Z8] those that the asker may not see are not named', () => {
    const said = judge(connected({ hidden: 2 })).map(({ message }) => message)
    expect(said).toContain(
      'The other workspaces on the repository of staging are not yours to see, and were not compared.',
    )
    expect(said).toContain('No other workspace of yours uses the branch main beside staging.')
  })
})

describe('names', () => {
  const paths = ['schema/parent-models/users.yaml', 'models/a.yaml']

  it('[S27] [E4] an unknown one is told with the line that mends it', () => {
    expect(troubles(reading({ unknownNames: [{ section: 'sources', name: 'main', paths }] }))).toEqual([
      {
        id: 'names:sources:main',
        state: 'fail',
        message:
          "schema/parent-models/users.yaml and 1 more: the source `main` is none of staging's, and no alias leads to one. What names it waits.",
        fix: 'Add the line `main: wh` under `sources:` in aliases-staging.yaml, or create a source with the slug main.',
        mend: { kind: 'add-alias', section: 'sources', name: 'main', proposed: 'wh', slugs: ['wh'] },
      },
    ])
  })

  it('[S27] the proposal is what another workspace calls by that slug', () => {
    const facts = beside(
      { sources: [{ ...WAREHOUSE, slug: 'pg-1' }] },
      {
        repository: {
          ...READ,
          slugs: { sources: ['pg-2', 'wh'], destinations: [] },
          unknownNames: [{ section: 'sources', name: 'pg-1', paths }],
        },
      },
    )
    expect(troubles(facts)[0]?.mend).toEqual({
      kind: 'add-alias',
      section: 'sources',
      name: 'pg-1',
      proposed: 'wh',
      slugs: ['pg-2', 'wh'],
    })
  })

  it('[S27] where there is nothing to point at, it is created', () => {
    const [found] = troubles(reading({ unknownNames: [{ section: 'destinations', name: 'crm', paths }] }))
    expect([found?.fix, found?.mend]).toEqual(['In staging, create a destination with the slug crm.', null])
  })

  it('[S27] [E3] each fault of the alias file is told at its line', () => {
    const unused = {
      code: 'alias-unused',
      severity: 'warning',
      message: 'No file uses the alias `old`.',
      file: 'aliases-staging.yaml',
      line: 3,
      column: 3,
      hint: 'Remove the line, if no branch needs it.',
    } as const
    const cyclic = { ...unused, code: 'alias-cycle', severity: 'error', line: 4, hint: null } as const
    expect(
      troubles(reading({ aliasProblems: [unused, cyclic] })).map(({ id, state, message, fix }) => [
        id,
        state,
        message,
        fix,
      ]),
    ).toEqual([
      [
        'aliases:alias-unused:3',
        'warn',
        'aliases-staging.yaml of staging, line 3: No file uses the alias `old`.',
        'Remove the line, if no branch needs it.',
      ],
      [
        'aliases:alias-cycle:4',
        'fail',
        'aliases-staging.yaml of staging, line 4: No file uses the alias `old`.',
        'Correct the line.',
      ],
    ])
  })

  it('[S27] [E6] a deleted alias file is made again by a save, or by the aliases that are missed', () => {
    const gone = { hasAliasFile: false }
    const missed = { ...gone, unknownNames: [{ section: 'sources', name: 'main', paths }] as const }
    expect(troubles(reading(gone)).map(({ id, mend }) => [id, mend])).toEqual([
      ['aliases', { kind: 'save-aliases' }],
    ])
    expect(troubles(reading(missed)).map(({ id, mend }) => [id, mend?.kind])).toEqual([
      ['aliases', undefined],
      ['names:sources:main', 'add-alias'],
    ])
    expect(troubles(connected({ isSynced: false, repository: { ...READ, ...gone } }))).toHaveLength(1)
  })

  it('[S27] files that cannot be read leave these two open, and say why', () => {
    const facts = connected({ repository: { kind: 'unread', message: 'The host is away.' } })
    expect(troubles(facts).map(({ id, state }) => [id, state])).toEqual([
      ['aliases', 'warn'],
      ['names', 'warn'],
    ])
  })
})

describe('sources', () => {
  it('[S27] one that does not answer fails with its own hint', () => {
    const answer = { kind: 'failed', message: 'Nothing listens on port 5432.', hint: 'Start it.' } as const
    expect(troubles(answering(answer))).toEqual([
      {
        id: 'sources:wh',
        state: 'fail',
        message: 'The source Warehouse (wh) of staging does not answer: Nothing listens on port 5432.',
        fix: 'Start it.',
        mend: { kind: 'source', workspace: 'staging', slug: 'wh' },
      },
    ])
  })

  it('[S27] a slow one fails, an unconnected one warns, one without a connector does neither', () => {
    const states = (['unconnected', 'no-connector'] as const).map((kind) =>
      troubles(answering({ kind })).map(({ state }) => state),
    )
    const slow = troubles(answering({ kind: 'timed-out', seconds: 6 }))
    expect([...states, slow.map(({ state, message }) => [state, message])]).toEqual([
      ['warn'],
      [],
      [['fail', 'The source Warehouse (wh) of staging did not answer within 6 seconds.']],
    ])
  })

  it('[S27] a thousand faults are told as twenty and a number', () => {
    const sources = Array.from({ length: 1000 }, (_, i) => ({
      slug: `s${i}`,
      name: `S${i}`,
      type: 'postgres',
      answer: { kind: 'timed-out', seconds: 6 } as const,
    }))
    const found = troubles({ ...WELL, sources })
    expect([found.length, found.at(-1)]).toEqual([
      21,
      {
        id: 'sources:more',
        state: 'fail',
        message: '980 more of the same kind are not listed.',
        fix: 'Mend those above, then check again.',
        mend: null,
      },
    ])
  })
})

describe('open work', () => {
  const short = (facts: DoctorFacts) => troubles(facts).map(({ id, state, mend }) => [id, state, mend])

  it('[S27] what waits for a person leads to where it is settled', () => {
    const facts = working({
      heldRun: 'r2',
      failure: { message: 'The push was refused.', hint: null },
      conflicts: [{ kind: 'models', slug: 'a' }],
      waiting: 2,
    })
    expect(short(facts)).toEqual([
      ['held', 'fail', { kind: 'run', run: 'r2' }],
      ['last-run', 'fail', { kind: 'run', run: 'r1' }],
      ['conflicts:models:a', 'fail', { kind: 'conflicts' }],
    ])
    expect(short(working({ waiting: 2 }))).toEqual([['waiting', 'warn', { kind: 'sync' }]])
  })

  it('[S27] [S14] a commit with errors is told by file and line, else by its run', () => {
    const error = {
      code: 'missing-key',
      severity: 'error',
      message: 'The key `name` is missing.',
      file: 'models/a.yaml',
      line: 1,
      column: 1,
      hint: 'Add it.',
    } as const
    expect(troubles(reading({ errors: [error] }))).toEqual([
      {
        id: 'blocked:models/a.yaml:1:missing-key',
        state: 'fail',
        message:
          'models/a.yaml, line 1: The key `name` is missing. Nothing comes into staging until it is mended.',
        fix: 'Add it.',
        mend: { kind: 'run', run: 'r1' },
      },
    ])
    const failure = { message: 'A commit has errors.', hint: null }
    expect(short(working({ isBlocked: true, failure }))).toEqual([
      ['blocked', 'fail', { kind: 'run', run: 'r1' }],
    ])
  })

  it('[S27] files left alone are told with their reason; an unknown name is told once', () => {
    const work = {
      ...WORK,
      aside: [{ path: 'models/a.yaml', reason: 'The file has errors' }],
      pending: [
        { path: 'models/b.yaml', reason: 'There is no source `main`.' },
        { path: 'syncs/c.yaml', reason: 'It refers to models/b, which waits for an unknown source.' },
      ],
    }
    const unknownNames = [{ section: 'sources', name: 'main', paths: ['models/b.yaml'] }] as const
    const [, ...left] = troubles(connected({ work, repository: { ...READ, unknownNames } }))
    expect(left.map(({ id, state, message }) => [id, state, message])).toEqual([
      ['aside:models/a.yaml', 'warn', 'staging does not take in models/a.yaml: The file has errors.'],
      [
        'pending:syncs/c.yaml',
        'fail',
        'staging does not take in syncs/c.yaml: It refers to models/b, which waits for an unknown source.',
      ],
    ])
  })

  it('[S27] saves under way, or waiting because Git Sync is off, are not told again', () => {
    const off = {
      ...working({ waiting: 1 }),
      workspace: { slug: 'staging', gitSync: false, isArchived: false },
    }
    expect([short(working({ waiting: 1, isSyncing: true })), short(off).map(([id]) => id)]).toEqual([
      [],
      ['git-sync'],
    ])
  })
})
