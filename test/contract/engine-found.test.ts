import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { listConflicts, resolveConflict } from '../../src/store/conflicts.ts'
import { connectionOf, deleteConnection } from '../../src/store/connections.ts'
import { openDatabase } from '../../src/store/database.ts'
import { getRun, requestSync } from '../../src/store/runs.ts'
import { ANN, createEngine, type Engine } from '../support/engine.ts'
import { refusePushes } from '../support/git-bare.ts'
import type { GitPerson } from '../support/git-person.ts'
import { edited, parent, related, source } from '../support/resources.ts'

/** What the random sequences of engine-model.test.ts found, each as the shortest story that shows it. */
let engine: Engine
let person: GitPerson
const plants = related('plants')
const PLANTS = 'schema/related-models/plants.yaml'

beforeEach(async () => {
  engine = await createEngine()
  await engine.saved({ writes: [source(), plants, related('other')] })
  await engine.connect({ url: engine.url })
  await engine.sync()
  person = await engine.clone()
})
afterEach(() => engine.close())

async function push(message: string): Promise<void> {
  await person.commit(message)
  await person.push()
}

it('[S2] [S6] a new resource keeps the file that it has where a renamed one in conflict had its own', async () => {
  await person.remove(PLANTS)
  await push('Delete')
  await engine.saved({ writes: [edited(plants, { description: 'Still edited' })] })
  expect((await engine.sync()).counts.conflicts).toBe(1)
  await engine.saved({ renames: [{ kind: 'related-models', from: 'plants', to: 'trees' }] })
  await engine.saved({ writes: [edited(plants, { description: 'Another one' })] })
  await engine.sync()
  // What is in question is agreed on under that name: both wait until somebody settles it.
  const [conflict] = await listConflicts(engine.db, engine.workspace.id)
  expect([conflict?.slug, (await engine.files()).includes(PLANTS)]).toEqual(['trees', false])
  await resolveConflict(engine.db, engine.workspace.id, conflict?.id ?? '', {
    take: 'workspace',
    ours: conflict?.ours ?? null,
    theirs: conflict?.theirs ?? null,
    actor: ANN,
  })
  await engine.sync()
  await engine.sync({ full: true })
  expect([
    (await engine.value('related-models', 'plants'))?.description,
    (await engine.value('related-models', 'trees'))?.description,
    (await engine.show(PLANTS)).includes('Another one'),
  ]).toEqual(['Another one', 'Still edited', true])
})

it('[S24] a run that nobody can take up any more ends when the workspace is disconnected', async () => {
  const connection = await connectionOf(engine.db, engine.workspace.id)
  if (!connection) throw new Error('not connected')
  const id = await requestSync(engine.db, connection, { trigger: 'manual', actor: ANN })
  await deleteConnection(engine.db, engine.workspace.id)
  const run = await getRun(engine.db, engine.workspace.id, id)
  expect([run?.state, run?.finished_at, run?.problem]).toEqual([
    'failed',
    expect.any(Date),
    {
      code: 'disconnected',
      message: 'The workspace was disconnected before this sync came to its end.',
      hint: 'Connect it again, then sync.',
    },
  ])
})

it('[S26] a database connection that goes away in a transaction fails that transaction, and not the server', async () => {
  const db = openDatabase(engine.context.databaseUrl, { max: 1 })
  try {
    const transaction = db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(engine.db)
      // Between two statements nobody waits for an answer that could bring the news.
      await new Promise((resolve) => setTimeout(resolve, 100))
      await sql`select 1`.execute(tx)
    })
    await expect(transaction).rejects.toThrow()
    expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }])
  } finally {
    await db.destroy()
  }
})

it('[S5] [S7] a new name that was saved while a conflict was open goes out by the next run, whichever side was taken', async () => {
  await engine.saved({ writes: [edited(plants, { description: 'Ours' })] })
  await person.write(PLANTS, `${await person.read(PLANTS)}description: Theirs\n`)
  await push('Describe')
  await engine.sync()
  // Moved on in a field of its own: what Git has is not what the conflict was first about.
  await person.write(PLANTS, (await person.read(PLANTS)).replace('name: Plants', 'name: Flora'))
  await push('Name')
  await engine.saved({ renames: [{ kind: 'related-models', from: 'plants', to: 'trees' }] })
  await engine.sync()
  const [conflict] = await listConflicts(engine.db, engine.workspace.id)
  if (!conflict) throw new Error('no conflict')
  const { ours, theirs } = conflict
  await resolveConflict(engine.db, engine.workspace.id, conflict.id, {
    take: 'git',
    ours,
    theirs,
    actor: ANN,
  })
  await engine.sync()
  expect([
    (await engine.value('related-models', 'trees'))?.description,
    (await engine.files()).filter((path) => path.startsWith('schema/related-models/')),
    await engine.outbox(),
  ]).toEqual(['Theirs', ['schema/related-models/other.yaml', 'schema/related-models/trees.yaml'], 0])
})

it.each(['git', 'workspace'] as const)(
  '[S5] [F11] [S6] a block that only the workspace has still goes out after a conflict is settled by: %s',
  async (take) => {
    await engine.saved({ writes: [edited(plants, { description: 'Ours', tags: ['kept'] })] })
    await person.write(PLANTS, `${await person.read(PLANTS)}description: Theirs\n`)
    await push('Describe')
    await engine.sync()
    const [conflict] = await listConflicts(engine.db, engine.workspace.id)
    if (!conflict) throw new Error('no conflict')
    const { ours, theirs } = conflict
    const { db, workspace } = engine
    await resolveConflict(db, workspace.id, conflict.id, { take, ours, theirs, actor: ANN })
    await engine.sync()
    const description = take === 'git' ? 'Theirs' : 'Ours'
    expect([await engine.value('related-models', 'plants'), await engine.outbox()]).toEqual([
      { ...plants.value, description, tags: ['kept'] },
      0,
    ])
    expect(await engine.show(PLANTS)).toContain(`tags:\n  - kept\ndescription: ${description}`)
  },
)

it('[F11] [S4] [S6] a block that Git begins to manage writes over nothing that the workspace has of it', async () => {
  const POTS = 'schema/related-models/pots.yaml'
  await engine.saved({ writes: [related('pots', { tags: ['ours'], folder: 'Here' })] })
  await deleteConnection(engine.db, engine.workspace.id)
  await person.write(POTS, 'name: Pots\nsource: warehouse\ntype: table\ntableName: pots\n')
  await push('Pots by hand')
  await engine.connect({ url: engine.url })
  expect((await engine.sync()).counts).toMatchObject({ outbound: 0, conflicts: 0 })
  await person.write(POTS, `${await person.read(POTS)}folder: Here\ntags:\n  - theirs\n`)
  await push('Tag them')
  await engine.sync()
  const [conflict] = await listConflicts(engine.db, engine.workspace.id)
  expect([conflict?.slug, conflict?.choices.map(({ path }) => path)]).toEqual(['pots', ['/tags']])
  expect((await engine.value('related-models', 'pots'))?.tags).toEqual(['ours'])
})

it('[S6] [S29] what the first sync left waiting for a file goes out once somebody deletes that file', async () => {
  await person.write(PLANTS, (await person.read(PLANTS)).replace('source: warehouse', 'source: nowhere'))
  await push('Another source')
  await deleteConnection(engine.db, engine.workspace.id)
  await engine.connect({ url: engine.url })
  expect((await engine.sync()).counts).toMatchObject({ pending: 1, outbound: 0 })
  await person.remove(PLANTS)
  await push('Delete')
  const run = await engine.sync()
  expect([run.counts.outbound, (await engine.show(PLANTS)).includes('source: warehouse')]).toEqual([1, true])
})

it('[S6] [S9] [S29] a resource that is renamed away from an open question of the first sync leaves Git’s file alone', async () => {
  await engine.saved({ writes: [related('pots', { description: 'Ours' })] })
  await deleteConnection(engine.db, engine.workspace.id)
  await person.write(
    'schema/related-models/pots.yaml',
    '# mine\nname: Pots\nsource: warehouse\ntype: table\ntableName: theirs\n',
  )
  await push('Pots')
  await engine.connect({ url: engine.url })
  expect((await engine.sync()).counts.conflicts).toBe(1)
  await engine.saved({ writes: [related('pots', { description: 'Ours, again' })] })
  await engine.saved({ renames: [{ kind: 'related-models', from: 'pots', to: 'jars' }] })
  await engine.sync()
  await engine.sync()
  expect([
    await engine.show('schema/related-models/pots.yaml'),
    (await engine.value('related-models', 'pots'))?.tableName,
    (await engine.value('related-models', 'jars'))?.description,
    (await engine.show('schema/related-models/jars.yaml')).includes('Ours, again'),
    await engine.outbox(),
  ]).toEqual([
    '# mine\nname: Pots\nsource: warehouse\ntype: table\ntableName: theirs',
    'theirs',
    'Ours, again',
    true,
    0,
  ])
})

it('[F3] [E4] a file that was moved and waits for an unknown source is one file, in later runs too', async () => {
  const text = (await person.read(PLANTS)).replace('source: warehouse', 'source: later')
  await person.remove(PLANTS)
  await person.write('schema/related-models/sub/plants.yaml', text)
  await push('Move, with a source that is not here yet')
  const first = await engine.sync()
  await person.write(
    'schema/related-models/more.yaml',
    'name: M\nsource: warehouse\ntype: table\ntableName: m\n',
  )
  await push('Something else')
  const next = await engine.sync()
  await engine.saved({ writes: [source('later')] })
  await engine.job()
  expect([
    [first.counts.pending, first.counts.aside],
    [next.counts.pending, next.counts.aside, next.diagnostics.map(({ code }) => code)],
    (await engine.value('related-models', 'plants'))?.source,
    (await engine.sync({ full: true })).state,
  ]).toEqual([[1, 0], [1, 0, ['unresolved-source']], 'later', 'nothing-to-do'])
})

it('[F1] [S14] a pushed model that takes the slug of one that nobody touched is an error, of whatever kind the two are', async () => {
  await engine.saved({
    writes: [
      {
        kind: 'event-models',
        slug: 'seen',
        value: { ...related('seen').value, eventTimestampColumn: 'at' },
      },
    ],
  })
  await engine.sync()
  await person.pull()
  await person.write(
    'schema/related-models/seen.yaml',
    'name: S\nsource: warehouse\ntype: table\ntableName: s\n',
  )
  await push('The same slug')
  const run = await engine.sync()
  expect([
    run.state,
    run.diagnostics.map(({ code, file }) => `${file} ${code}`),
    await engine.list(),
  ]).toEqual([
    'failed',
    ['schema/event-models/seen.yaml duplicate-slug'],
    ['event-models/seen', 'related-models/other', 'related-models/plants', 'sources/warehouse'],
  ])
})

it('[S5] [S18] a conflict about what was deleted here is settled though another resource took its name', async () => {
  await person.write(PLANTS, `${await person.read(PLANTS)}description: Theirs\n`)
  await push('Describe')
  await engine.saved({ deletes: [{ kind: 'related-models', slug: 'plants' }] })
  await engine.saved({ renames: [{ kind: 'related-models', from: 'other', to: 'plants' }] })
  await engine.sync()
  const [conflict] = await listConflicts(engine.db, engine.workspace.id)
  const { id = '', ours = null, theirs = null } = conflict ?? {}
  const settle = (take: 'git' | 'workspace') =>
    resolveConflict(engine.db, engine.workspace.id, id, { take, ours, theirs, actor: ANN })
  expect([await settle('git'), (await settle('workspace')).kind]).toEqual([
    {
      kind: 'refused',
      findings: [
        {
          kind: 'related-models',
          slug: 'plants',
          findings: [
            {
              code: 'duplicate-slug',
              severity: 'error',
              message: 'Another resource has the name `plants` here.',
              hint: 'Rename one of the two, then settle it.',
              path: [],
              at: 'value',
            },
          ],
        },
      ],
    },
    'resolved',
  ])
  await engine.sync()
  expect([
    await listConflicts(engine.db, engine.workspace.id),
    (await engine.files()).filter((path) => path.startsWith('schema/related-models/')),
    (await engine.show(PLANTS)).includes('Theirs'),
    await engine.outbox(),
    (await engine.sync({ full: true })).state,
  ]).toEqual([[], [PLANTS], false, 0, 'nothing-to-do'])
})

it('[F1] [S8] a name between two saves is no file while another model has it that this run did not look at', async () => {
  await engine.saved({ writes: [parent('rivals')] })
  await engine.saved({ renames: [{ kind: 'parent-models', from: 'rivals', to: 'own' }] })
  await person.write('schema/related-models/rivals.yaml', await person.read(PLANTS))
  await push('Add')
  await refusePushes(engine.remoteDir, 'closed for the night')
  await engine.sync()
  await refusePushes(engine.remoteDir, null)
  await engine.sync()
  await person.pull()
  const touched = await person.git('log', '--format=', '--name-only', '-2')
  expect(touched.split('\n').filter((path) => path !== '')).toEqual([
    'schema/parent-models/own.yaml',
    'schema/related-models/rivals.yaml',
  ])
})
