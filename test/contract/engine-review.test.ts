import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { getAliases, putAliases } from '../../src/store/aliases.ts'
import { listConflicts, resolveConflict } from '../../src/store/conflicts.ts'
import { gitStates } from '../../src/store/git-states.ts'
import { listReviews } from '../../src/store/reviews.ts'
import { ANN, BOB, createEngine, type Engine } from '../support/engine.ts'
import { plainGit } from '../support/git-bare.ts'
import { edited, parent, related, relationship, source } from '../support/resources.ts'

let engine: Engine
const users = parent('users')
const purchases = related('purchases')
const joined = relationship('users', 'purchases')
const ANNS = 'tandem/staging/ann-lee'
const BOBS = 'tandem/staging/bob-roe'

beforeEach(async () => {
  engine = await createEngine()
  await engine.saved({ writes: [source(), users, purchases, joined] })
  await engine.connect({ url: engine.url })
  await engine.sync()
  await engine.connect({ url: engine.url, mode: 'review' })
})
afterEach(() => engine.close())

const branches = async () =>
  (await plainGit(engine.remoteDir, ['branch', '--format=%(refname:short)'])).split('\n')
const logOf = async (branch: string) =>
  (await plainGit(engine.remoteDir, ['log', '--format=%s | %an', `main..${branch}`])).split('\n')
const showOf = (branch: string, path: string) => plainGit(engine.remoteDir, ['show', `${branch}:${path}`])
const USERS = 'schema/parent-models/users.yaml'
const reviews = async () =>
  (await listReviews(engine.db, engine.workspace.id, 10)).map(({ person, branch, state, title }) => ({
    person: person.name,
    branch,
    state: state.kind,
    title,
  }))

describe('without an interface of the host', () => {
  it('[S21] a person’s saves are commits on a branch of their own, and none on the branch itself', async () => {
    const head = await engine.head()
    await engine.saved({ writes: [edited(users, { description: 'One row per customer' })] })
    await engine.job()
    await engine.saved({ writes: [related('plants')] })
    await engine.saved({ writes: [edited(purchases, { description: 'Paid' })] }, BOB)
    await engine.job()
    expect(await engine.head()).toBe(head)
    expect(await branches()).toEqual(['main', ANNS, BOBS])
    expect([await logOf(ANNS), await logOf(BOBS)]).toEqual([
      ['Add related model Plants | Ann Lee', 'Update parent model Users: description | Ann Lee'],
      ['Update related model Purchases: description | Bob Roe'],
    ])
    expect([await engine.outbox(), await reviews()]).toEqual([
      0,
      [
        {
          person: 'Bob Roe',
          branch: BOBS,
          state: 'open',
          title: 'Update related model Purchases: description',
        },
        { person: 'Ann Lee', branch: ANNS, state: 'open', title: 'Add 1 model; update 1 model' },
      ],
    ])
    const run = await engine.sync({ full: true, verify: true })
    expect([run.state, run.counts, await engine.head()]).toEqual([
      'nothing-to-do',
      { inbound: 0, outbound: 0, conflicts: 0, held: 0, aside: 0, pending: 0 },
      head,
    ])
  })

  it('[S21] a save to a resource in somebody’s review joins it, and so does one that needs what is in it', async () => {
    await engine.saved({ writes: [edited(users, { description: 'New' }), related('plants')] })
    await engine.job()
    await engine.saved({ writes: [edited(users, { description: 'Newer' })] }, BOB)
    await engine.saved({ writes: [relationship('users', 'plants')] }, BOB)
    await engine.job()
    expect([await branches(), await logOf(ANNS)]).toEqual([
      ['main', ANNS],
      [
        'Add relationship users-plants | Bob Roe',
        'Update parent model Users: description | Bob Roe',
        'Add 1 model; update 1 model | Ann Lee',
      ],
    ])
  })

  for (const method of ['merge', 'squash', 'rebase'] as const) {
    it(`[S21] merged by ${method}: what it proposed is agreed on, and saves made meanwhile go on`, async () => {
      await engine.saved({ writes: [edited(users, { description: 'Proposed' }), related('plants')] })
      await engine.job()
      const person = await engine.clone()
      await person.write('README.md', 'Beside it\n')
      await person.commit('Beside it')
      await mergeBy(person, method)
      await person.push()
      await engine.saved({ writes: [edited(users, { description: 'Later' })] }, BOB)
      const run = await engine.sync()
      expect([run.state, run.counts.conflicts, await listConflicts(engine.db, engine.workspace.id)]).toEqual([
        'succeeded',
        0,
        [],
      ])
      expect((await reviews()).map(({ person: name, state, title }) => [name, state, title])).toEqual([
        ['Bob Roe', 'open', 'Update parent model Users: description'],
        ['Ann Lee', 'merged', 'Add 1 model; update 1 model'],
      ])
      expect(await logOf(BOBS)).toEqual(['Update parent model Users: description | Bob Roe'])
      // The audit log tells the commit that a save came into the branch by.
      const { commit_oid: commit } = await engine.db
        .selectFrom('change')
        .select('commit_oid')
        .where('slug', '=', 'plants')
        .executeTakeFirstOrThrow()
      expect(await plainGit(engine.remoteDir, ['merge-base', String(commit), 'main'])).toBe(commit)
    })
  }

  it('[S21][S18] a rename, a deletion and a source in one review are agreed on when it is merged', async () => {
    await engine.saved({ writes: [related('plants')] })
    await engine.job()
    await mergeAnns('merge')
    await engine.sync()
    await engine.saved({
      writes: [source('lake')],
      renames: [{ kind: 'parent-models', from: 'users', to: 'people' }],
      deletes: [{ kind: 'related-models', slug: 'plants' }],
    })
    await engine.job()
    const branch = `${ANNS}-2`
    const changed = await plainGit(engine.remoteDir, ['diff', '--name-status', '-M', `main...${branch}`])
    expect([changed.replaceAll('\t', ' ').split('\n'), await engine.outbox()]).toEqual([
      [
        'M manifest-staging.yaml',
        'M schema/model-relationships/users-purchases.yaml',
        'R100 schema/parent-models/users.yaml schema/parent-models/people.yaml',
        'D schema/related-models/plants.yaml',
      ],
      0,
    ])
    await mergeAnns('squash', branch)
    const run = await engine.sync()
    const check = await engine.sync({ full: true, verify: true })
    expect([run.state, check.state, check.counts.conflicts, (await engine.list()).join(' ')]).toEqual([
      'succeeded',
      'nothing-to-do',
      0,
      'model-relationships/users-purchases parent-models/people related-models/purchases sources/lake sources/warehouse',
    ])
  })

  it('[S21][S29] a first sync into a branch that is there is a review as well', async () => {
    const first = await createEngine()
    try {
      const person = await first.clone()
      await person.write('README.md', 'Ours\n')
      await person.commit('Begin')
      await person.push()
      await first.saved({ writes: [source(), users, purchases, joined] }, BOB)
      await first.connect({ url: first.url, mode: 'review' })
      await first.sync()
      const changed = () => plainGit(first.remoteDir, ['diff', '--name-only', 'main', ANNS])
      expect([await first.log(), (await changed()).split('\n'), await first.outbox()]).toEqual([
        ['Begin'],
        [
          'aliases-staging.yaml',
          'manifest-staging.yaml',
          'schema/model-relationships/users-purchases.yaml',
          'schema/parent-models/users.yaml',
          'schema/related-models/purchases.yaml',
        ],
        0,
      ])
      await mergeBy(person, 'squash')
      await person.push()
      await first.sync()
      const check = await first.sync({ full: true, verify: true })
      expect([check.state, check.counts.conflicts, await changed()]).toEqual(['nothing-to-do', 0, ''])
    } finally {
      await first.close()
    }
  })

  it('[S21] what is taken back in the workspace is taken back in the review', async () => {
    await engine.saved({ writes: [edited(users, { description: 'Maybe' }), related('plants')] })
    await engine.job()
    await engine.saved({ writes: [users], deletes: [{ kind: 'related-models', slug: 'plants' }] })
    await engine.job()
    const [review] = await listReviews(engine.db, engine.workspace.id, 1)
    expect([
      await plainGit(engine.remoteDir, ['diff', '--name-only', `main...${ANNS}`]),
      review?.changes,
      await engine.outbox(),
      (await engine.sync()).state,
    ]).toEqual(['', [], 0, 'nothing-to-do'])
  })

  it('[S21][F17] aliases are proposed once, and given up when their review is closed', async () => {
    await putAliases(
      engine.db,
      engine.workspace.id,
      { sources: { lake: 'warehouse' }, destinations: {} },
      ANN,
    )
    await engine.job()
    const head = () => plainGit(engine.remoteDir, ['rev-parse', ANNS])
    const first = await head()
    const person = await engine.clone()
    await person.write('README.md', 'Beside it\n')
    await person.commit('Beside it')
    await person.push()
    await engine.sync()
    expect([await logOf(ANNS), await head()]).toEqual([['Update alias file | Ann Lee'], first])
    await plainGit(engine.remoteDir, ['branch', '-D', ANNS])
    await engine.sync()
    expect([
      (await engine.sync()).state,
      await branches(),
      await getAliases(engine.db, engine.workspace.id),
    ]).toEqual(['nothing-to-do', ['main'], { sources: {}, destinations: {} }])
  })

  it('[S21] closed: its resources are conflicts, and are not proposed again by themselves', async () => {
    await engine.saved({ writes: [edited(users, { description: 'Refused' }), related('plants')] })
    await engine.job()
    await plainGit(engine.remoteDir, ['branch', '-D', ANNS])
    await engine.sync()
    await engine.saved({ writes: [edited(users, { description: 'Again' })] })
    await engine.job()
    expect([await branches(), (await reviews()).map(({ state }) => state)]).toEqual([['main'], ['closed']])
    const conflicts = await listConflicts(engine.db, engine.workspace.id)
    expect(
      conflicts.map(({ slug, ours, theirs, review }) => [
        slug,
        ours?.description,
        theirs?.name,
        review?.branch,
      ]),
    ).toEqual([
      ['users', 'Again', 'Users', ANNS],
      ['plants', undefined, undefined, ANNS],
    ])
    for (const [i, take] of (['workspace', 'git'] as const).entries()) {
      const { id = '', ours = null, theirs = null } = conflicts[i] ?? {}
      const outcome = await resolveConflict(engine.db, engine.workspace.id, id, {
        take,
        ours,
        theirs,
        actor: ANN,
      })
      expect(outcome.kind).toBe('resolved')
    }
    await engine.job()
    expect([await logOf(ANNS), await engine.get('related-models', 'plants'), await engine.outbox()]).toEqual([
      ['Update parent model Users: description | Ann Lee'],
      null,
      0,
    ])
  })

  it('[S21] what comes in meanwhile is merged, and brings the review up to date without force', async () => {
    await engine.saved({ writes: [edited(users, { description: 'Proposed' })] })
    await engine.job()
    const before = await plainGit(engine.remoteDir, ['rev-parse', ANNS])
    const person = await engine.clone()
    const text = await engine.show(USERS)
    await person.write(USERS, text.replace('tableName: users', 'tableName: people'))
    await person.commit('Another table')
    await person.push()
    await engine.sync()
    expect(await engine.value('parent-models', 'users')).toMatchObject({
      description: 'Proposed',
      tableName: 'people',
    })
    expect(await plainGit(engine.remoteDir, ['merge-base', before, ANNS])).toBe(before)
    expect(await plainGit(engine.remoteDir, ['diff', '--shortstat', `main...${ANNS}`])).toMatch(
      /1 file changed, 1 insertion/,
    )
    expect(await showOf(ANNS, USERS)).toContain('tableName: people')
  })

  it('[S21][S5] what somebody else pushed to the review’s branch is never written over: saves for it wait', async () => {
    await engine.saved({ writes: [edited(users, { description: 'Proposed' })] })
    await engine.job()
    const person = await engine.clone()
    await person.git('checkout', '-q', `origin/${ANNS}`)
    await person.write(USERS, (await showOf(ANNS, USERS)).replace('Proposed', 'Suggested'))
    await person.commit('Suggest')
    await person.git('push', '-q', 'origin', `HEAD:${ANNS}`)
    await engine.saved({ writes: [edited(users, { description: 'Once more' })] })
    await engine.job()
    expect([(await logOf(ANNS))[0]?.split(' | ')[0], await engine.outbox()]).toEqual(['Suggest', 1])
    await mergeBy(person, 'merge')
    await person.push()
    await engine.sync()
    // Both changed what the review had proposed.
    expect(
      (await listConflicts(engine.db, engine.workspace.id)).map(({ slug, theirs }) => [
        slug,
        theirs?.description,
      ]),
    ).toEqual([['users', 'Suggested']])
  })

  it('[S21][W6] a resource in a review is pending, and says in which', async () => {
    const { resources } = await engine.saved({ writes: [edited(users, { description: 'New' })] })
    await engine.job()
    const ids = resources.map((resource) => resource.id)
    const [review] = await listReviews(engine.db, engine.workspace.id, 1)
    expect([...(await gitStates(engine.db, engine.workspace.id, ids)).values()]).toEqual([
      {
        state: 'pending',
        review: { id: review?.id, branch: ANNS, person: 'Ann Lee', number: null, url: null },
      },
    ])
  })
})

type Person = Awaited<ReturnType<Engine['clone']>>

async function mergeAnns(method: 'merge' | 'squash', branch = ANNS): Promise<void> {
  const person = await engine.clone()
  await mergeBy(person, method, branch)
  await person.push()
}

async function mergeBy(person: Person, method: 'merge' | 'squash' | 'rebase', branch = ANNS): Promise<void> {
  await person.git('fetch', '-q', 'origin')
  await person.git('checkout', '-q', 'main')
  if (method === 'merge') await person.git('merge', '-q', '--no-ff', '-m', 'Merge it', `origin/${branch}`)
  if (method === 'squash') {
    await person.git('merge', '-q', '--squash', `origin/${branch}`)
    await person.git('commit', '-q', '-m', 'Squash it')
  }
  if (method === 'rebase') await person.git('cherry-pick', `main..origin/${branch}`)
}
