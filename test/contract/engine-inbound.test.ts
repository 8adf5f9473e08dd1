import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listConflicts, resolveConflict } from '../../src/store/conflicts.ts'
import { gitStatus } from '../../src/store/git-status.ts'
import { ANN, BOB, createEngine, type Engine } from '../support/engine.ts'
import { plainGit } from '../support/git-bare.ts'
import type { GitPerson } from '../support/git-person.ts'
import { edited, parent, related, relationship, source } from '../support/resources.ts'

let engine: Engine
let person: GitPerson
const users = parent('users')
const purchases = related('purchases')
const USERS = 'schema/parent-models/users.yaml'
const PURCHASES = 'schema/related-models/purchases.yaml'
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

async function replace(path: string, from: string, to: string): Promise<void> {
  await person.write(path, (await person.read(path)).replace(from, to))
}

describe('a pushed commit', () => {
  it('[S13] [S20] comes into the workspace, and nothing goes back', async () => {
    await replace(USERS, 'name: Users', 'name: People')
    await person.write(
      'schema/event-models/web/viewed.yml',
      'name: Viewed\nsource: warehouse\ntype: table\ntableName: v\neventTimestampColumn: at\n',
    )
    await person.remove(JOINED)
    const commit = await push('By hand')
    const run = await engine.sync()
    expect([run.state, run.direction, run.counts.inbound, await engine.head()]).toEqual([
      'succeeded',
      'INBOUND',
      3,
      commit,
    ])
    expect(await engine.list()).toEqual([
      'event-models/viewed',
      'parent-models/users',
      'related-models/purchases',
      'sources/warehouse',
    ])
    const stored = await engine.get('parent-models', 'users')
    expect([stored?.value.name, stored?.updatedBy]).toEqual(['People', 'Pat Person'])
    expect((await engine.sync()).state).toBe('nothing-to-do')
  })

  it('[S2] [F3] that moves a file to a sub-folder moves the base and nothing else', async () => {
    const before = await engine.get('parent-models', 'users')
    await person.write('schema/parent-models/crm/users.yaml', await person.read(USERS))
    await person.remove(USERS)
    const commit = await push('Move')
    await engine.sync()
    expect([await engine.get('parent-models', 'users'), await engine.head()]).toEqual([before, commit])
    await engine.saved({ writes: [edited(users, { description: 'x' })] })
    await engine.sync()
    expect(await engine.changedIn('main')).toEqual(['M schema/parent-models/crm/users.yaml'])
  })

  it('[S14] with a new error is not applied at all, its diagnostics are listed, and an unrelated save still goes out', async () => {
    await replace(USERS, 'name: Users', 'name: People')
    await replace(JOINED, 'cardinality: 1:many', 'cardinality: many')
    await push('Break it')
    const run = await engine.sync()
    expect([run.state, run.problem?.code]).toEqual(['failed', 'broken-commit'])
    expect(run.diagnostics.map(({ code, file, line }) => `${file}:${line} ${code}`)).toEqual([
      `${JOINED}:8 wrong-value`,
    ])
    expect([
      (await engine.value('parent-models', 'users'))?.name,
      (await gitStatus(engine.db, engine.workspace.id))?.state,
    ]).toEqual(['Users', 'blocked'])

    await engine.saved({ writes: [edited(purchases, { description: 'Unrelated' })] })
    await engine.saved({ writes: [edited(users, { description: 'Its file has moved' })] })
    await engine.job()
    expect([(await engine.log())[0], await engine.outbox()]).toEqual([
      'Update related model Purchases: description',
      1,
    ])
    expect((await engine.value('parent-models', 'users'))?.name).toBe('Users')

    await person.pull()
    await replace(JOINED, 'cardinality: many', 'cardinality: 1:many')
    await replace(USERS, 'name: People', 'name: Users')
    await push('Mend it')
    const mended = await engine.sync()
    expect([mended.state, await engine.outbox(), (await engine.log())[0]]).toEqual([
      'succeeded',
      0,
      'Update parent model Users: description',
    ])
  })

  it('[S3] [S14] comes in also where it takes back what was sent while a bad commit stopped the rest', async () => {
    const before = await person.read(PURCHASES)
    await replace(JOINED, 'cardinality: 1:many', 'cardinality: many')
    await push('Break it')
    await engine.sync()
    await engine.saved({ writes: [edited(purchases, { description: 'Sent' }), related('extra')] })
    await engine.job()
    expect(await engine.outbox()).toBe(0)

    await person.pull()
    await person.write(PURCHASES, before)
    await person.remove('schema/related-models/extra.yaml')
    await replace(JOINED, 'cardinality: many', 'cardinality: 1:many')
    await push('Mend it, and take back what was sent')
    const run = await engine.sync()
    expect([run.state, run.counts.inbound]).toEqual(['succeeded', 2])
    expect([
      (await engine.value('related-models', 'purchases'))?.description,
      await engine.get('related-models', 'extra'),
    ]).toEqual([undefined, null])
    expect((await engine.sync({ full: true })).state).toBe('nothing-to-do')
  })

  it('[S14] is put back where it is wrong, as a commit of who asked; the rest of it comes in', async () => {
    await replace(JOINED, 'cardinality: 1:many', 'cardinality: many')
    await replace(USERS, 'name: Users', 'name: People # kept')
    const broken = await push('Break one, change one')
    expect((await engine.sync()).state).toBe('failed')
    const run = await engine.sync({ putBack: true, actor: BOB })
    expect([
      run.state,
      (await engine.value('parent-models', 'users'))?.name,
      await engine.log('%an: %s'),
    ]).toEqual([
      'succeeded',
      'People',
      [
        `Bob Roe: Put back the last good version of ${JOINED}`,
        'Pat Person: Break one, change one',
        'Ann Lee: Add relationship users-purchases',
        'Ann Lee: Add 2 models',
      ],
    ])
    expect([
      await engine.changedIn('main'),
      await plainGit(engine.remoteDir, ['rev-parse', 'main~1']),
    ]).toEqual([[`M ${JOINED}`], broken])
    expect([await engine.show(USERS), (await engine.sync({ full: true })).state]).toEqual([
      expect.stringContaining('name: People # kept'),
      'nothing-to-do',
    ])
  })

  it('[S14] is put back whole where the files at fault alone do not mend it', async () => {
    await person.remove(PURCHASES)
    await push('Delete what is referred to')
    await engine.sync()
    const run = await engine.sync({ putBack: true })
    expect([run.state, (await engine.log())[0], (await engine.files()).includes(PURCHASES)]).toEqual([
      'succeeded',
      `Put back the last good version of ${PURCHASES}`,
      true,
    ])
  })

  it('[S14] [S17] lets the rest in when its faulty file is set aside, which then waits for a change', async () => {
    await replace(JOINED, 'cardinality: 1:many', 'cardinality: many')
    await replace(USERS, 'name: Users', 'name: People')
    await push('Break one, change one')
    await engine.sync()
    const run = await engine.sync({ setAside: [JOINED] })
    expect([run.state, run.counts.aside, (await engine.value('parent-models', 'users'))?.name]).toEqual([
      'succeeded',
      1,
      'People',
    ])
    expect((await engine.sync({ full: true })).counts.aside).toBe(1)
    await replace(JOINED, 'cardinality: many', 'cardinality: 1:1')
    await push('Mend')
    await engine.sync()
    expect((await engine.value('model-relationships', 'users-purchases'))?.cardinality).toBe('1:1')
  })

  it('[S14] with several errors has them all in one pass, each at its line', async () => {
    await person.write(
      'models/bad.yaml',
      'name: Bad\nname: Twice\nsource: warehouse\ntype: table\ntableName: t\nprimaryKey: id\n',
    )
    await replace(JOINED, 'slug: purchases', 'slug: purchase')
    await push('Break it')
    const run = await engine.sync()
    expect(
      run.diagnostics.map(
        ({ code, file, line, hint }) => `${file}:${line} ${code} ${hint?.includes('purchases') ?? false}`,
      ),
    ).toEqual(['models/bad.yaml:2 yaml-duplicate-key false', `${JOINED}:6 unresolved-model true`])
  })

  it('[S15] that deletes a model which something refers to is an error that names the referrer', async () => {
    await person.remove(PURCHASES)
    await push('Delete')
    const run = await engine.sync()
    expect([run.state, run.diagnostics.map(({ code, file }) => `${file} ${code}`)]).toEqual([
      'failed',
      [`${JOINED} unresolved-model`],
    ])
    expect(await engine.value('related-models', 'purchases')).not.toBe(null)
  })

  it('[S15] that deletes a file deletes the resource, which stays deleted and is a tombstone', async () => {
    await person.remove(JOINED)
    await push('Delete')
    await engine.sync()
    await engine.sync({ full: true })
    expect([
      await engine.get('model-relationships', 'users-purchases'),
      (await engine.files()).includes(JOINED),
    ]).toEqual([null, false])
    const rows = await engine.db.selectFrom('deleted_resource').select(['kind', 'slug']).execute()
    expect(rows).toEqual([{ kind: 'model-relationships', slug: 'users-purchases' }])
  })

  it('[S17] leaves a file alone that could not be imported, and what the app does to its resource waits', async () => {
    await replace(USERS, 'source: warehouse', 'source: elsewhere')
    await push('Another source')
    const run = await engine.sync()
    expect([run.state, run.counts.pending, (await engine.value('parent-models', 'users'))?.source]).toEqual([
      'nothing-to-do',
      2,
      'warehouse',
    ])
    await engine.saved({ writes: [edited(users, { description: 'Waits' })] })
    const head = await engine.head()
    await engine.job()
    expect([await engine.head(), await engine.outbox()]).toEqual([head, 1])
  })

  it('[E6] of the alias file alone changes the resources whose names mean something else now', async () => {
    await engine.saved({ writes: [source('lake')] })
    await engine.sync()
    await person.pull()
    await person.write('aliases-staging.yaml', 'sources:\n  warehouse: lake\n')
    const commit = await push('Alias')
    const run = await engine.sync()
    expect([run.state, run.counts.inbound, await engine.head()]).toEqual(['succeeded', 2, commit])
    expect([
      (await engine.value('parent-models', 'users'))?.source,
      (await engine.value('related-models', 'purchases'))?.source,
    ]).toEqual(['lake', 'lake'])
    await engine.saved({ writes: [edited(users, { source: 'lake', description: 'Spelled as before' })] })
    await engine.sync()
    expect(await engine.show(USERS)).toContain('source: warehouse')
  })

  it('[F16] that edits the manifest has no effect and is not undone by itself', async () => {
    await person.write('manifest-staging.yaml', 'sources: {}\ndestinations: {}\n')
    const commit = await push('Manifest')
    await engine.sync()
    expect(await engine.head()).toBe(commit)
    await engine.saved({ writes: [edited(users, { description: 'x' })] })
    await engine.sync()
    expect(await engine.changedIn('main')).toEqual(['M manifest-staging.yaml', `M ${USERS}`])
  })
})

describe('changes of both sides', () => {
  it('[S4] [S7] to different fields merge: one commit with the merged value by the last, the others named beside', async () => {
    await engine.saved({ writes: [edited(users, { description: 'Ours' })] }, BOB)
    await engine.saved({ writes: [edited(users, { description: 'Ours, again' })] })
    await replace(USERS, 'name: Users', 'name: Theirs # called so by sales')
    await push('Theirs')
    const run = await engine.sync()
    const value = await engine.value('parent-models', 'users')
    const text = await engine.show(USERS)
    expect([run.state, run.counts.conflicts, value?.name, value?.description]).toEqual([
      'succeeded',
      0,
      'Theirs',
      'Ours, again',
    ])
    expect([
      text.includes('name: Theirs # called so by sales'),
      text.includes('description: Ours, again'),
    ]).toEqual([true, true])
    expect((await engine.log('%an: %s%n%(trailers:key=Co-authored-by,valueonly)')).slice(0, 2)).toEqual([
      'Ann Lee: Update parent model Theirs: description',
      'Bob Roe <bob@example.com>',
    ])
    expect([await engine.outbox(), (await engine.sync({ full: true, verify: true })).state]).toEqual([
      0,
      'nothing-to-do',
    ])
  })

  it('[S4] [S10] merge once more when the push loses its race, and nothing is sent that was not merged', async () => {
    await engine.saved({ writes: [edited(users, { description: 'Ours' })] })
    await replace(USERS, 'name: Users', 'name: Theirs')
    await push('Theirs')
    await engine.job()
    await engine.saved({
      writes: [edited(parent('users'), { name: 'Theirs', description: 'Ours', primaryLabel: 'name' })],
    })
    await person.pull()
    await replace(USERS, 'name: Theirs', 'name: Third')
    await push('Third')
    await engine.job()
    const value = await engine.value('parent-models', 'users')
    expect([value?.name, value?.description, value?.primaryLabel]).toEqual(['Third', 'Ours', 'name'])
    const text = await engine.show(USERS)
    expect(
      ['name: Third', 'description: Ours', 'primaryLabel: name'].map((line) => text.includes(line)),
    ).toEqual([true, true, true])
  })

  it('[S4] a new slug and a change of a field merge, and the file moves with the change in it', async () => {
    await engine.saved({ renames: [{ kind: 'parent-models', from: 'users', to: 'people' }] })
    await replace(USERS, 'name: Users', 'name: Theirs')
    await push('Theirs')
    const run = await engine.sync()
    const files = (await engine.files()).filter((path) => path.startsWith('schema/parent-models/'))
    expect([run.counts.conflicts, files, (await engine.value('parent-models', 'people'))?.name]).toEqual([
      0,
      ['schema/parent-models/people.yaml'],
      'Theirs',
    ])
    expect(await engine.show('schema/parent-models/people.yaml')).toContain('name: Theirs')
    expect((await engine.sync({ full: true, verify: true })).state).toBe('nothing-to-do')
  })

  it('[S4] [S14] wait when a bad commit stops what comes in', async () => {
    await engine.saved({ writes: [edited(users, { description: 'Ours' })] })
    await replace(USERS, 'name: Users', 'name: Theirs')
    await replace(JOINED, 'cardinality: 1:many', 'cardinality: many')
    await push('Break it')
    const run = await engine.sync()
    expect([run.state, (await engine.value('parent-models', 'users'))?.name, await engine.outbox()]).toEqual([
      'failed',
      'Users',
      1,
    ])
    await replace(JOINED, 'cardinality: many', 'cardinality: 1:many')
    await push('Mend it')
    await engine.sync()
    const value = await engine.value('parent-models', 'users')
    expect([value?.name, value?.description, await engine.outbox()]).toEqual(['Theirs', 'Ours', 0])
  })
})

describe('a conflict', () => {
  async function disagree(): Promise<void> {
    await engine.saved({ writes: [edited(users, { name: 'Ours' })] })
    await replace(USERS, 'name: Users', 'name: Theirs')
    await push('Theirs')
    await engine.sync()
  }

  it('[S3] [S5] is kept when both sides changed one resource, and changes neither side', async () => {
    await disagree()
    const conflicts = await listConflicts(engine.db, engine.workspace.id)
    expect(
      conflicts.map(({ kind, slug, fields, ours, theirs }) => [kind, slug, fields, ours?.name, theirs?.name]),
    ).toEqual([['parent-models', 'users', ['/name'], 'Ours', 'Theirs']])
    expect([(await engine.value('parent-models', 'users'))?.name, (await engine.log())[0]]).toEqual([
      'Ours',
      'Theirs',
    ])
    await engine.sync({ full: true })
    expect(await listConflicts(engine.db, engine.workspace.id)).toHaveLength(1)
  })

  it.each(['workspace', 'git'] as const)(
    '[S5] is settled by taking the side of %s, with the versions that were seen',
    async (take) => {
      await disagree()
      const [conflict] = await listConflicts(engine.db, engine.workspace.id)
      if (!conflict) throw new Error('no conflict')
      const stale = await resolveConflict(engine.db, engine.workspace.id, conflict.id, {
        take,
        ours: { ...conflict.ours, name: 'Old' },
        theirs: conflict.theirs,
        actor: ANN,
      })
      expect(stale.kind).toBe('stale')
      const outcome = await resolveConflict(engine.db, engine.workspace.id, conflict.id, {
        take,
        ours: conflict.ours,
        theirs: conflict.theirs,
        actor: ANN,
      })
      expect(outcome.kind).toBe('resolved')
      await engine.job()
      const value = await engine.value('parent-models', 'users')
      const text = await engine.show(USERS)
      expect([value?.name, text.includes('Theirs'), text.includes('Ours'), await engine.outbox()]).toEqual(
        take === 'workspace' ? ['Ours', false, true, 0] : ['Theirs', true, false, 0],
      )
      expect((await engine.sync({ full: true, verify: true })).state).toBe('nothing-to-do')
    },
  )

  it.each(['workspace', 'git'] as const)(
    '[S3] [S5] of a new slug and a change is settled by %s, and the new slug goes out all the same',
    async (take) => {
      await engine.saved({ renames: [{ kind: 'parent-models', from: 'users', to: 'people' }] })
      await engine.saved({ writes: [edited(parent('people'), { name: 'Ours' })] })
      await replace(USERS, 'name: Users', 'name: Theirs')
      await push('Theirs')
      await engine.sync()
      const [conflict] = await listConflicts(engine.db, engine.workspace.id)
      if (!conflict) throw new Error('no conflict')
      const { ours, theirs } = conflict
      await resolveConflict(engine.db, engine.workspace.id, conflict.id, { take, ours, theirs, actor: ANN })
      await engine.sync()
      const files = (await engine.files()).filter((path) => path.startsWith('schema/parent-models/'))
      const text = await engine.show('schema/parent-models/people.yaml')
      expect([files, text.includes('Theirs'), await engine.outbox()]).toEqual([
        ['schema/parent-models/people.yaml'],
        take === 'git',
        0,
      ])
      expect((await engine.sync({ full: true, verify: true })).state).toBe('nothing-to-do')
    },
  )

  it.each(['workspace', 'git'] as const)(
    '[S4] [S5] is settled by %s in the fields in conflict, and keeps what only the other side changed',
    async (take) => {
      await engine.saved({ writes: [edited(users, { name: 'Ours', description: 'By the app alone' })] })
      await replace(USERS, 'name: Users', 'name: Theirs\nprimaryLabel: by_git_alone')
      await push('Theirs')
      await engine.sync()
      const [conflict] = await listConflicts(engine.db, engine.workspace.id)
      if (!conflict) throw new Error('no conflict')
      const { ours, theirs } = conflict
      await resolveConflict(engine.db, engine.workspace.id, conflict.id, { take, ours, theirs, actor: ANN })
      await engine.job()
      const value = await engine.value('parent-models', 'users')
      const name = take === 'workspace' ? 'Ours' : 'Theirs'
      expect([value?.name, value?.description, value?.primaryLabel, await engine.outbox()]).toEqual([
        name,
        'By the app alone',
        'by_git_alone',
        0,
      ])
      const text = await engine.show(USERS)
      const lines = [`name: ${name}`, 'description: By the app alone', 'primaryLabel: by_git_alone']
      expect(lines.filter((line) => !text.includes(line))).toEqual([])
      expect((await engine.sync({ full: true, verify: true })).state).toBe('nothing-to-do')
    },
  )

  it('[S5] is settled with an edited result, which both sides get as one commit', async () => {
    await disagree()
    const [conflict] = await listConflicts(engine.db, engine.workspace.id)
    if (!conflict?.ours) throw new Error('no conflict')
    const { ours, theirs } = conflict
    const take = { value: { ...ours, name: 'Both' } }
    const outcome = await resolveConflict(engine.db, engine.workspace.id, conflict.id, {
      take,
      ours,
      theirs,
      actor: BOB,
    })
    await engine.job()
    expect([
      outcome.kind,
      conflict.choices,
      (await engine.value('parent-models', 'users'))?.name,
      (await engine.show(USERS)).includes('name: Both'),
      (await engine.log('%an: %s'))[0],
      await engine.outbox(),
      await listConflicts(engine.db, engine.workspace.id),
    ]).toEqual([
      'resolved',
      [
        {
          path: '/name',
          paths: ['/name'],
          reason: 'both-changed',
          base: 'Users',
          ours: 'Ours',
          theirs: 'Theirs',
        },
      ],
      'Both',
      true,
      'Bob Roe: Update parent model Both: name',
      0,
      [],
    ])
    expect((await engine.sync({ full: true, verify: true })).state).toBe('nothing-to-do')
  })

  it('[S5] ends by itself when both sides become equal', async () => {
    await disagree()
    await engine.saved({ writes: [edited(users, { name: 'Theirs' })] })
    await engine.job()
    expect([
      await listConflicts(engine.db, engine.workspace.id),
      await engine.outbox(),
      (await engine.log())[0],
    ]).toEqual([[], 0, 'Theirs'])
  })

  it('[S3] [S5] of a deletion and a change is settled either way', async () => {
    await engine.saved({ deletes: [{ kind: 'model-relationships', slug: 'users-purchases' }] })
    await replace(JOINED, '1:many', 'many:1')
    await push('Change')
    await engine.sync()
    const [conflict] = await listConflicts(engine.db, engine.workspace.id)
    expect([conflict?.ours, conflict?.theirs?.cardinality]).toEqual([null, 'many:1'])
    await resolveConflict(engine.db, engine.workspace.id, conflict?.id ?? '', {
      take: 'git',
      ours: null,
      theirs: conflict?.theirs ?? null,
      actor: ANN,
    })
    await engine.job()
    expect([
      (await engine.value('model-relationships', 'users-purchases'))?.cardinality,
      await engine.outbox(),
    ]).toEqual(['many:1', 0])
    expect((await engine.sync({ full: true, verify: true })).state).toBe('nothing-to-do')
  })

  it('[S28] holds back what was made in one change set with it, and what needs it', async () => {
    await engine.saved({ writes: [edited(users, { name: 'Ours' }), related('plants')] })
    await engine.saved({ writes: [relationship('users', 'plants')] })
    await engine.saved({ writes: [edited(purchases, { description: 'Free' })] })
    await replace(USERS, 'name: Users', 'name: Theirs')
    await push('Theirs')
    const run = await engine.sync()
    expect([run.counts.conflicts, run.counts.outbound, (await engine.log())[0]]).toEqual([
      1,
      1,
      'Update related model Purchases: description',
    ])
    const waiting = (run.plan as { waiting: { slug: string; reason: string }[] } | null)?.waiting
    expect(waiting?.map(({ slug, reason }) => `${slug}: ${reason}`).sort()).toEqual([
      'plants: Saved together with a change that waits',
      'users-plants: It needs parent-models/users, related-models/plants, which cannot go yet',
    ])
  })

  it('[S28] is joint when one side deletes what the other relates something to', async () => {
    await engine.saved({ writes: [related('plants')] })
    await engine.sync()
    await person.pull()
    await engine.saved({ writes: [relationship('users', 'plants')] })
    await person.remove('schema/related-models/plants.yaml')
    await push('Delete')
    await engine.sync()
    const [conflict] = await listConflicts(engine.db, engine.workspace.id)
    expect([conflict?.slug, conflict?.theirs, conflict?.causes]).toEqual([
      'plants',
      null,
      [{ kind: 'model-relationships', slug: 'users-plants' }],
    ])
    const refused = await resolveConflict(engine.db, engine.workspace.id, conflict?.id ?? '', {
      take: 'git',
      ours: conflict?.ours ?? null,
      theirs: null,
      actor: ANN,
    })
    expect(refused.kind).toBe('referenced')
    await resolveConflict(engine.db, engine.workspace.id, conflict?.id ?? '', {
      take: 'workspace',
      ours: conflict?.ours ?? null,
      theirs: null,
      actor: ANN,
    })
    await engine.job()
    expect([
      (await engine.files()).includes('schema/related-models/plants.yaml'),
      await engine.outbox(),
    ]).toEqual([true, 0])
  })
})
