import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BASE_VALUE } from '../../src/store/bases.ts'
import { listConflicts, resolveConflict } from '../../src/store/conflicts.ts'
import { gitStates } from '../../src/store/git-states.ts'
import { gitStatus } from '../../src/store/git-status.ts'
import { ANN, BOB, createEngine, type Engine } from '../support/engine.ts'
import { refusePushes } from '../support/git-bare.ts'
import type { GitPerson } from '../support/git-person.ts'
import { edited, parent, related, relationship, source } from '../support/resources.ts'

let engine: Engine
let person: GitPerson
const users = parent('users')
const purchases = related('purchases')
const MODELS = 'schema/parent-models'
const JOINED = 'schema/model-relationships/users-purchases.yaml'

beforeEach(async () => {
  engine = await createEngine()
  await engine.saved({ writes: [source(), users, purchases, relationship('users', 'purchases')] })
  await engine.connect({ url: engine.url })
  await engine.sync()
  person = await engine.clone()
})
afterEach(() => engine.close())

async function push(message: string): Promise<string> {
  const commit = await person.commit(message)
  await person.push()
  return commit
}

async function move(from: string, to: string): Promise<void> {
  await person.write(`${MODELS}/${to}.yaml`, await person.read(`${MODELS}/${from}.yaml`))
  await person.remove(`${MODELS}/${from}.yaml`)
}

async function rename(from: string, to: string): Promise<string> {
  await move(from, to)
  return push(`Rename ${from} to ${to}`)
}

async function replace(path: string, from: string, to: string): Promise<void> {
  await person.write(path, (await person.read(path)).replace(from, to))
}

/** The ends of a relationship in the workspace. */
async function endsOf(slug = 'users-purchases'): Promise<unknown[]> {
  const value = await engine.value('model-relationships', slug)
  return [value?.from, value?.to].map((end) => (end as { slug: string } | undefined)?.slug)
}

async function forwards(): Promise<string[]> {
  const rows = await engine.db.selectFrom('forward').select(['kind', 'slug']).orderBy('slug').execute()
  return rows.map(({ kind, slug }) => `${kind}/${slug}`)
}

const openForwards = async () => (await gitStatus(engine.db, engine.workspace.id))?.forwards

describe('a file renamed in Git', () => {
  it('[S18] keeps its identity; 14 relationships that refer to it follow, and none is left dangling', async () => {
    const others = Array.from({ length: 13 }, (_, i) => related(`r${i}`))
    await engine.saved({ writes: others })
    await engine.saved({ writes: others.map(({ slug }) => relationship('users', slug)) })
    await engine.sync()
    const before = await engine.get('parent-models', 'users')
    await person.pull()
    const commit = await rename('users', 'people')
    const run = await engine.sync()

    expect([run.state, run.direction, await engine.head()]).toEqual(['succeeded', 'INBOUND', commit])
    const after = await engine.get('parent-models', 'people')
    expect([after?.id, after?.value, await engine.get('parent-models', 'users')]).toEqual([
      before?.id,
      before?.value,
      null,
    ])
    const ends = await Promise.all(others.map(({ slug }) => endsOf(`users-${slug}`)))
    expect([await endsOf(), ...ends].map(([from]) => from)).toEqual(
      Array.from({ length: 14 }, () => 'people'),
    )
    const warnings = run.diagnostics.filter(({ code }) => code === 'forwarded-reference')
    expect(warnings).toHaveLength(14)
    expect(warnings.find(({ file }) => file === JOINED)).toMatchObject({
      severity: 'warning',
      line: 3,
      message: '`users` is the old name of the parent model `people`.',
      hint: 'Change it to `people`, or let Tandem mend every file that uses an old name.',
    })
    expect([await forwards(), await openForwards()]).toEqual([['parent-models/users'], 14])
    expect([(await engine.sync()).state, (await engine.sync({ full: true })).state]).toEqual([
      'nothing-to-do',
      'nothing-to-do',
    ])
    expect(await engine.head()).toBe(commit)
  })

  it('[S18] [S1] is one renamed entry with its old name, in the run too', async () => {
    await rename('users', 'people')
    const run = await engine.sync()
    const plan = run.plan as unknown as {
      inbound: { kind: string; slug: string; change: string; from?: string }[]
    }
    expect(plan.inbound.map(({ kind, slug, change, from }) => [kind, slug, change, from])).toEqual([
      ['parent-models', 'people', 'renamed', 'users'],
      ['model-relationships', 'users-purchases', 'changed', undefined],
    ])
  })

  it('[S18] with its referrers edited in the same push leaves no forward', async () => {
    await move('users', 'people')
    await replace(JOINED, 'slug: users', 'slug: people')
    await push('Rename and follow')
    const run = await engine.sync()
    expect([run.state, run.diagnostics, await endsOf(), await forwards()]).toEqual([
      'succeeded',
      [],
      ['people', 'purchases'],
      [],
    ])
  })

  it('[S18] and given another `name` is the same resource still; changed otherwise it is another', async () => {
    const before = await engine.get('parent-models', 'users')
    await move('users', 'people')
    await replace(`${MODELS}/people.yaml`, 'name: Users', 'name: People')
    await push('Rename both')
    await engine.sync()
    const renamed = await engine.get('parent-models', 'people')
    expect([renamed?.id, renamed?.value.name]).toEqual([before?.id, 'People'])

    await move('people', 'clients')
    await replace(`${MODELS}/clients.yaml`, 'tableName: users', 'tableName: clients')
    await replace(JOINED, 'slug: users', 'slug: clients')
    await push('Another table')
    await engine.sync()
    const other = await engine.get('parent-models', 'clients')
    expect([other?.id === before?.id, await endsOf(), await forwards()]).toEqual([
      false,
      ['clients', 'purchases'],
      [],
    ])
  })

  it('[S18] merges with an edit in the app: the file has the new name and the edit', async () => {
    await engine.saved({ writes: [edited(users, { description: 'From the app' })] })
    await rename('users', 'people')
    await engine.sync()
    expect([await engine.log(), await engine.changedIn('main'), await engine.outbox()]).toEqual([
      [
        'Update parent model Users: description',
        'Rename users to people',
        'Add relationship users-purchases',
        'Add 2 models',
      ],
      [`M ${MODELS}/people.yaml`],
      0,
    ])
    expect((await engine.value('parent-models', 'people'))?.description).toBe('From the app')
    expect((await engine.sync({ full: true })).state).toBe('nothing-to-do')
  })

  it('[S18] takes along what the app relates to the old name meanwhile, and what it edits', async () => {
    const joined = relationship('users', 'purchases')
    await engine.saved({ writes: [related('events')] })
    await engine.saved({ writes: [relationship('users', 'events'), edited(joined, { cardinality: '1:1' })] })
    await rename('users', 'people')
    const run = await engine.sync()
    expect([run.state, await endsOf(), await endsOf('users-events'), await engine.outbox()]).toEqual([
      'succeeded',
      ['people', 'purchases'],
      ['people', 'events'],
      0,
    ])
    expect(await engine.show(JOINED)).toContain('slug: people\n')
    expect(await engine.show('schema/model-relationships/users-events.yaml')).toContain('slug: people\n')
    expect([await forwards(), (await engine.sync({ full: true })).state]).toEqual([[], 'nothing-to-do'])
  })

  it('[S18] again and again is followed from the first name; a file may come in by any of them', async () => {
    await rename('users', 'people')
    await engine.sync()
    await rename('people', 'clients')
    await person.write(
      'schema/related-models/events.yaml',
      (await person.read('schema/related-models/purchases.yaml')).replace('purchases', 'events'),
    )
    await person.write(
      'schema/model-relationships/users-events.yaml',
      (await person.read(JOINED)).replace('slug: purchases', 'slug: events'),
    )
    await push('By the first name')
    await engine.sync()
    expect([await endsOf(), await endsOf('users-events'), await forwards()]).toEqual([
      ['clients', 'purchases'],
      ['clients', 'events'],
      ['parent-models/users'],
    ])
    expect((await engine.sync({ full: true })).state).toBe('nothing-to-do')
  })

  it('[S18] frees its name: what takes it in Git is meant by the files that say it', async () => {
    const before = await engine.get('parent-models', 'users')
    await rename('users', 'people')
    await engine.sync()
    await person.write(
      `${MODELS}/users.yaml`,
      (await person.read(`${MODELS}/people.yaml`)).replace('tableName: users', 'tableName: others'),
    )
    await push('Others')
    await engine.sync()
    const other = await engine.get('parent-models', 'users')
    expect([other?.id === before?.id, await endsOf(), await forwards(), await openForwards()]).toEqual([
      false,
      ['users', 'purchases'],
      [],
      0,
    ])
  })

  it('[S18] and its name taken in the app: the files that say it are mended first, and mean what they did', async () => {
    await rename('users', 'people')
    await engine.sync()
    await engine.saved({ writes: [parent('users', { tableName: 'others' })] })
    await engine.sync()
    expect([(await engine.log()).slice(0, 2), await endsOf(), await forwards()]).toEqual([
      ['Add parent model Users', 'Mend references to users, now people'],
      ['people', 'purchases'],
      [],
    ])
    expect((await engine.sync({ full: true })).state).toBe('nothing-to-do')
  })

  it('[S18] is mended by one commit when somebody asks for it, which changes those files alone', async () => {
    await rename('users', 'people')
    await engine.sync()
    const run = await engine.sync({ mend: true, actor: BOB })
    expect([run.state, await engine.log('%an: %s'), await engine.changedIn('main')]).toEqual([
      'succeeded',
      expect.arrayContaining(['Bob Roe: Mend references to users, now people']),
      [`M ${JOINED}`],
    ])
    expect(await engine.show(JOINED)).toContain('slug: people\n')
    expect([await forwards(), await openForwards(), (await engine.sync({ full: true })).state]).toEqual([
      [],
      0,
      'nothing-to-do',
    ])
    expect((await engine.sync({ mend: true })).state).toBe('nothing-to-do')
  })

  it('[S18] [S5] and otherwise in the app is a conflict, settled by either name', async () => {
    const rest = { kind: 'parent-models', from: 'users', to: 'clients' } as const
    await engine.saved({ renames: [rest] })
    await rename('users', 'people')
    await engine.sync()
    const [conflict] = await listConflicts(engine.db, engine.workspace.id)
    expect([conflict?.slug, conflict?.fields, await endsOf()]).toEqual([
      'clients',
      [],
      ['clients', 'purchases'],
    ])
    const outcome = await resolveConflict(engine.db, engine.workspace.id, conflict?.id ?? '', {
      take: 'git',
      ours: conflict?.ours ?? null,
      theirs: conflict?.theirs ?? null,
      actor: ANN,
    })
    expect(outcome.kind).toBe('resolved')
    await engine.sync()
    expect([
      await listConflicts(engine.db, engine.workspace.id),
      await engine.get('parent-models', 'clients'),
      await endsOf(),
      await engine.outbox(),
    ]).toEqual([[], null, ['people', 'purchases'], 0])
    expect((await engine.sync({ full: true })).state).toBe('nothing-to-do')
  })

  it('[S18] while the app deleted it is gone on both sides, as deleting a model that only moved is', async () => {
    await engine.saved({
      deletes: [
        { kind: 'parent-models', slug: 'users' },
        { kind: 'model-relationships', slug: 'users-purchases' },
      ],
    })
    await rename('users', 'people')
    await engine.sync()
    expect([await engine.list(), await engine.files()]).toEqual([
      ['related-models/purchases', 'sources/warehouse'],
      expect.not.arrayContaining([`${MODELS}/people.yaml`, JOINED]),
    ])
    expect((await engine.sync({ full: true })).state).toBe('nothing-to-do')
  })

  it('[S18] of many at once counts as no deletion', async () => {
    const many = Array.from({ length: 8 }, (_, i) => parent(`m${i}`))
    await engine.saved({ writes: many })
    await engine.sync()
    await person.pull()
    for (const { slug } of many) await move(slug, `${slug}-new`)
    await push('Rename all')
    const run = await engine.sync()
    expect([run.state, run.counts.inbound, await engine.get('parent-models', 'm0')]).toEqual([
      'succeeded',
      8,
      null,
    ])
  })

  it('[S18] [S19] waits for approval as a rename, and comes in whole', async () => {
    await engine.connect({ url: engine.url, approval: true })
    await rename('users', 'people')
    const held = await engine.sync()
    const plan = held.plan as unknown as {
      held: { digest: string; changes: { slug: string; from?: string }[] }[]
    }
    const [entry] = plan.held
    expect([held.state, entry?.changes.map(({ slug, from }) => [slug, from])]).toEqual([
      'held',
      [
        ['people', 'users'],
        ['users-purchases', undefined],
      ],
    ])
    const { id = '' } = (await engine.get('parent-models', 'users')) ?? {}
    expect((await gitStates(engine.db, engine.workspace.id, [id])).get(id)).toEqual({ state: 'held' })
    await engine.sync({ approval: { digest: entry?.digest ?? '', head: held.head } })
    expect([(await engine.get('parent-models', 'people'))?.id, await endsOf()]).toEqual([
      id,
      ['people', 'purchases'],
    ])
  })
})

describe('a rename that something comes between', () => {
  it('[S18] [S10] [S26] came in, and the push was refused: the edit goes out under the new name later', async () => {
    await engine.saved({ writes: [edited(users, { description: 'From the app' })] })
    await rename('users', 'people')
    await refusePushes(engine.remoteDir, 'closed for the night')
    const run = await engine.sync()
    expect([run.state, (await engine.value('parent-models', 'people'))?.description, await endsOf()]).toEqual(
      ['failed', 'From the app', ['people', 'purchases']],
    )
    await refusePushes(engine.remoteDir, null)
    await engine.sync()
    expect([(await engine.log())[0], await engine.changedIn('main'), await engine.outbox()]).toEqual([
      'Update parent model Users: description',
      [`M ${MODELS}/people.yaml`],
      0,
    ])
  })

  it('[S18] [S26] mending was cut off before its commit: it goes on by itself', async () => {
    await rename('users', 'people')
    await engine.sync()
    await refusePushes(engine.remoteDir, 'closed for the night')
    expect((await engine.sync({ mend: true })).state).toBe('failed')
    await refusePushes(engine.remoteDir, null)
    await engine.sync()
    expect([(await engine.log())[0], await forwards(), await engine.outbox()]).toEqual([
      'Mend references to users, now people',
      [],
      0,
    ])
  })

  it('[S18] [S14] a commit with an error: neither it nor what follows it comes in before that is mended', async () => {
    await move('users', 'people')
    await replace('schema/related-models/purchases.yaml', 'type: table', 'type: nothing')
    await push('Rename, and break another')
    expect([(await engine.sync()).state, await endsOf(), await forwards()]).toEqual([
      'failed',
      ['users', 'purchases'],
      [],
    ])
    await replace('schema/related-models/purchases.yaml', 'type: nothing', 'type: table')
    await push('Mend')
    expect([(await engine.sync()).state, await endsOf(), await forwards()]).toEqual([
      'succeeded',
      ['people', 'purchases'],
      ['parent-models/users'],
    ])
  })

  it('[S18] [S16] a rewritten history that drops it takes the old name back when that is approved', async () => {
    const before = await engine.get('parent-models', 'users')
    await rename('users', 'people')
    await engine.sync()
    await person.git('reset', '--quiet', '--hard', 'HEAD~1')
    await person.git('commit', '--quiet', '--allow-empty', '--message', 'Another history')
    await person.push('--force')
    const held = await engine.sync()
    const plan = held.plan as unknown as {
      held: { digest: string; changes: { slug: string; from?: string }[] }[]
    }
    const [entry] = plan.held
    expect(entry?.changes.map(({ slug, from }) => [slug, from])).toEqual([
      ['users-purchases', undefined],
      ['people', 'users'],
    ])
    await engine.sync({ approval: { digest: entry?.digest ?? '', head: held.head, dropped: 'give-up' } })
    expect([(await engine.get('parent-models', 'users'))?.id, await endsOf(), await forwards()]).toEqual([
      before?.id,
      ['users', 'purchases'],
      [],
    ])
  })

  it('[S18] [E4] a file that waits for its source refers to it: the old name leads on for it too', async () => {
    await person.write(
      'schema/related-models/far.yaml',
      'name: Far\nsource: lake\ntype: table\ntableName: f\n',
    )
    await person.write(
      'schema/model-relationships/far.yaml',
      (await person.read(JOINED)).replace('slug: purchases', 'slug: far'),
    )
    await push('Of an unknown source')
    expect((await engine.sync()).counts.pending).toBe(2)
    await move('users', 'people')
    await replace(JOINED, 'slug: users', 'slug: people')
    await push('Rename, follow where it is seen')
    await engine.sync()
    expect(await forwards()).toEqual(['parent-models/users'])
    const after = await engine.sync({ full: true })
    expect([after.counts.pending, after.counts.aside, after.problem]).toEqual([2, 0, null])
  })
})

describe('a rename in the app', () => {
  it('[S18] [S9] back to the name that files still say touches none of them, and agrees on what they mean', async () => {
    await rename('users', 'people')
    await engine.sync()
    await engine.saved({ renames: [{ kind: 'parent-models', from: 'people', to: 'users' }] })
    await engine.sync()
    expect([
      (await engine.log())[0],
      await engine.changedIn('main'),
      await forwards(),
      await engine.outbox(),
    ]).toEqual([
      'Rename parent model people to users',
      [`D ${MODELS}/people.yaml`, `A ${MODELS}/users.yaml`],
      [],
      0,
    ])
    const base = await engine.db
      .selectFrom('base')
      .select(BASE_VALUE.as('value'))
      .where('slug', '=', 'users-purchases')
      .execute()
    expect(base).toMatchObject([{ value: { from: { slug: 'users' } } }])
    expect((await engine.sync({ full: true })).state).toBe('nothing-to-do')
  })

  it('[S5] [S18] taken against that in Git leaves no conflict where Git alone changed what refers to it', async () => {
    await engine.saved({ renames: [{ kind: 'parent-models', from: 'users', to: 'clients' }] })
    await move('users', 'people')
    await replace(JOINED, 'slug: users', 'slug: people')
    await replace(JOINED, '1:many', 'many:1')
    await push('Rename users to people, and turn the relationship round')
    await engine.sync()
    const [conflict] = await listConflicts(engine.db, engine.workspace.id)
    const { ours = null, theirs = null } = conflict ?? {}
    const choice = { take: 'workspace', ours, theirs, actor: ANN } as const
    await resolveConflict(engine.db, engine.workspace.id, conflict?.id ?? '', choice)
    await engine.sync()
    expect([
      conflict?.slug,
      await listConflicts(engine.db, engine.workspace.id),
      await endsOf(),
      (await engine.value('model-relationships', 'users-purchases'))?.cardinality,
      await engine.outbox(),
    ]).toEqual(['clients', [], ['clients', 'purchases'], 'many:1', 0])
    expect(await engine.show(JOINED)).toMatch(/slug: clients\n(.*\n)*cardinality: .?many:1/)
    expect((await engine.sync({ full: true })).state).toBe('nothing-to-do')
  })

  it('[S5] [S18] whose name passes to another leaves a conflict that one choice settles', async () => {
    await engine.saved({ writes: [related('returns')] })
    await engine.sync()
    await person.pull()
    await replace(JOINED, '1:many', 'many:1')
    await push('Turn it round')
    await engine.saved({ writes: [edited(relationship('users', 'purchases'), { cardinality: '1:1' })] })
    for (const [from, to] of [
      ['returns', 'former'],
      ['purchases', 'returns'],
    ] as const)
      await engine.saved({ renames: [{ kind: 'related-models', from, to }] })
    // No rename is in Git yet.
    await refusePushes(engine.remoteDir, 'closed for the night')
    await engine.sync()
    const [conflict] = await listConflicts(engine.db, engine.workspace.id)
    const { ours = null, theirs = null } = conflict ?? {}
    const choice = { take: 'workspace', ours, theirs, actor: ANN } as const
    await resolveConflict(engine.db, engine.workspace.id, conflict?.id ?? '', choice)
    await refusePushes(engine.remoteDir, null)
    await engine.sync()
    expect([
      conflict?.slug,
      await listConflicts(engine.db, engine.workspace.id),
      await endsOf(),
      await engine.outbox(),
    ]).toEqual(['users-purchases', [], ['users', 'returns'], 0])
    expect(await engine.show(JOINED)).toContain("cardinality: '1:1'\n")
    expect((await engine.sync({ full: true })).state).toBe('nothing-to-do')
  })

  it('[S18] takes along what Git relates to the old name meanwhile', async () => {
    await engine.saved({ renames: [{ kind: 'parent-models', from: 'users', to: 'people' }] })
    await person.write(
      'schema/model-relationships/again.yaml',
      (await person.read(JOINED)).replace('1:many', '1:1'),
    )
    await push('Relate once more')
    const run = await engine.sync()
    expect([run.state, await endsOf('again'), await engine.outbox()]).toEqual([
      'succeeded',
      ['people', 'purchases'],
      0,
    ])
    expect(await engine.show('schema/model-relationships/again.yaml')).toContain('slug: people\n')
    expect((await engine.sync({ full: true })).state).toBe('nothing-to-do')
  })

  it('[S18] [S9] does not take the name of a file that waits in Git', async () => {
    await person.write(
      `${MODELS}/people.yaml`,
      'name: P\nsource: elsewhere\ntype: table\ntableName: p\nprimaryKey: id\n',
    )
    await push('Of an unknown source')
    await engine.sync()
    const before = await engine.show(`${MODELS}/people.yaml`)
    await engine.saved({ renames: [{ kind: 'parent-models', from: 'users', to: 'people' }] })
    await engine.sync()
    expect([await engine.show(`${MODELS}/people.yaml`), await engine.outbox()]).toEqual([before, 2])
  })
})
