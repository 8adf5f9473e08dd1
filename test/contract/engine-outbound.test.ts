import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gitStates } from '../../src/store/git-states.ts'
import { BOB, createEngine, type Engine } from '../support/engine.ts'
import { refusePushes } from '../support/git-bare.ts'
import { edited, parent, related, relationship, source } from '../support/resources.ts'

let engine: Engine
const users = parent('users')
const purchases = related('purchases')
const joined = relationship('users', 'purchases')

beforeEach(async () => {
  engine = await createEngine()
  await engine.saved({ writes: [source(), users, purchases, joined] })
  await engine.connect({ url: engine.url })
  await engine.sync()
})
afterEach(() => engine.close())

describe('saves', () => {
  it('[S7] become one commit each, in order, by the person, with a subject that names what changed', async () => {
    await engine.saved({ writes: [edited(users, { description: 'One row per customer' })] })
    await engine.saved(
      {
        writes: [edited(users, { description: 'One row per person', primaryLabel: 'email' })],
        message: 'As agreed with sales',
      },
      BOB,
    )
    await engine.saved({ writes: [related('plants')] })
    await engine.job()
    expect(
      (await engine.log('%s | %an | %b'))
        .join('\n')
        .replaceAll(/Tandem-Run: .*/g, 'Tandem-Run: …')
        .split('\n')
        .slice(0, 12),
    ).toEqual([
      'Add related model Plants | Ann Lee | Tandem-Workspace: staging',
      'Tandem-Run: …',
      '',
      'Update parent model Users: description, primaryLabel | Bob Roe | As agreed with sales',
      '',
      'Tandem-Workspace: staging',
      'Tandem-Run: …',
      '',
      'Update parent model Users: description | Ann Lee | Tandem-Workspace: staging',
      'Tandem-Run: …',
      '',
      'Add relationship users-purchases | Ann Lee | Tandem-Workspace: staging',
    ])
    expect(await engine.outbox()).toBe(0)
  })

  it('[S7] that change no file make no commit and are settled', async () => {
    const head = await engine.head()
    await engine.saved({ writes: [edited(users, { description: 'There and' })] })
    await engine.saved({ writes: [users] })
    await engine.job()
    expect([await engine.head(), await engine.outbox()]).toEqual([head, 0])
  })

  it('[S7] show pending until they are in Git, then the commit', async () => {
    const { resources } = await engine.saved({ writes: [edited(users, { description: 'New' })] })
    const ids = resources.map((resource) => resource.id)
    expect([...(await gitStates(engine.db, engine.workspace.id, ids)).values()]).toEqual([
      { state: 'pending' },
    ])
    await engine.job()
    const commit = await engine.head()
    expect([...(await gitStates(engine.db, engine.workspace.id, ids)).values()]).toEqual([
      { state: 'in-git', commit },
    ])
  })

  it('[S7] that rename name the old and the new slug, before what follows', async () => {
    await engine.saved({ renames: [{ kind: 'parent-models', from: 'users', to: 'customers' }] })
    await engine.saved({ writes: [related('plants')] })
    await engine.saved({ renames: [{ kind: 'related-models', from: 'plants', to: 'flowers' }] })
    await engine.saved({
      writes: [{ ...edited(related('plants'), { description: 'Trees' }), slug: 'trees' }],
      renames: [{ kind: 'related-models', from: 'flowers', to: 'trees' }],
    })
    await engine.job()
    expect((await engine.log()).slice(0, 4)).toEqual([
      'Rename related model flowers to trees; update description',
      'Rename related model plants to flowers',
      'Add related model Plants',
      'Rename parent model users to customers; update 1 relationship',
    ])
  })

  it('[S8] of a renamed model and the references that follow it are one commit', async () => {
    await engine.saved({ renames: [{ kind: 'parent-models', from: 'users', to: 'customers' }] })
    await engine.job()
    expect((await engine.changedIn('main')).sort()).toEqual([
      'A schema/parent-models/customers.yaml',
      'D schema/parent-models/users.yaml',
      'M schema/model-relationships/users-purchases.yaml',
    ])
    expect((await engine.log())[1]).toBe('Add relationship users-purchases')
    expect(await engine.value('model-relationships', 'users-purchases')).toMatchObject({
      from: { slug: 'customers' },
    })
  })

  it('[S8] that delete a model and its relationship take the relationship out first', async () => {
    await engine.saved({
      deletes: [
        { kind: 'related-models', slug: 'purchases' },
        { kind: 'model-relationships', slug: 'users-purchases' },
      ],
    })
    await engine.job()
    expect((await engine.log()).slice(0, 2)).toEqual([
      'Delete related model Purchases',
      'Delete relationship users-purchases',
    ])
  })

  it('[S8] of many resources are told by counts', async () => {
    const plants = related('plants')
    await engine.saved({
      writes: [
        plants,
        edited(users, { description: 'x' }),
        relationship('users', 'plants'),
        relationship('purchases', 'plants'),
      ],
    })
    await engine.job()
    expect((await engine.log()).slice(0, 2)).toEqual(['Add 2 relationships', 'Add 1 model; update 1 model'])
  })

  it('[F16] of a source alone write the manifest alone', async () => {
    await engine.saved({ writes: [source('lake')] })
    await engine.job()
    expect([await engine.changedIn('main'), (await engine.log())[0], await engine.outbox()]).toEqual([
      ['M manifest-staging.yaml'],
      'Update manifest',
      0,
    ])
  })

  it('[S7] of one window are one commit, the last author first and the others beside', async () => {
    await engine.connect({ url: engine.url, batchSeconds: 60 })
    await engine.saved({ writes: [edited(users, { description: 'a' })] })
    await engine.saved({ writes: [edited(purchases, { description: 'b' })] }, BOB)
    await engine.job()
    expect((await engine.log('%s | %an | %(trailers:key=Co-authored-by,valueonly)'))[0]).toBe(
      'Update 2 models | Bob Roe | Ann Lee <ann@example.com>',
    )
  })

  it('[F13] [S9] leave the style of a person’s file alone', async () => {
    const person = await engine.clone()
    const text = await person.read('schema/parent-models/users.yaml')
    await person.write(
      'schema/parent-models/users.yaml',
      `# ours\n${text.replace('name: Users', 'name: "Users"')}`,
    )
    await person.commit('Style only')
    await person.push()
    await engine.saved({ writes: [edited(users, { description: 'New' })] })
    await engine.job()
    expect(await engine.show('schema/parent-models/users.yaml')).toBe(
      '# ours\nname: "Users"\nsource: warehouse\ndescription: New\ntype: table\ntableName: users\nprimaryKey: id',
    )
  })

  it('[S10] refused by the remote keep their place, and the run has the server’s own words', async () => {
    await refusePushes(engine.remoteDir, 'main is protected: open a pull request')
    await engine.saved({ writes: [edited(users, { description: 'New' })] })
    const run = await engine.sync()
    expect([run.state, run.problem?.code, await engine.outbox()]).toEqual(['failed', 'push-rejected', 1])
    expect(run.problem?.message).toContain('main is protected: open a pull request')
    await refusePushes(engine.remoteDir, null)
    await engine.sync()
    expect([(await engine.log())[0], await engine.outbox()]).toEqual([
      'Update parent model Users: description',
      0,
    ])
  })

  it('[S10] [S20] found in the branch’s history count as pushed, whatever came on top', async () => {
    await engine.saved({ writes: [edited(users, { description: 'New' })] })
    await engine.sync()
    // As after a kill between push and advance: the commit is recorded, nothing is settled.
    await engine.db.updateTable('commit_record').set({ state: 'recorded' }).execute()
    await engine.db
      .updateTable('change')
      .set({ settled_at: null, commit_oid: null })
      .where('kind', '=', 'parent-models')
      .execute()
    await engine.db
      .updateTable('base')
      .set({ value: JSON.stringify(users.value), blob: 'x' })
      .where('slug', '=', 'users')
      .execute()
    const person = await engine.clone()
    const text = await person.read('schema/parent-models/users.yaml')
    await person.write('schema/parent-models/users.yaml', text.replace('New', 'Newer'))
    await person.commit('On top')
    await person.push()
    const run = await engine.sync()
    expect([
      run.state,
      run.counts.conflicts,
      (await engine.value('parent-models', 'users'))?.description,
    ]).toEqual(['succeeded', 0, 'Newer'])
    expect(await engine.log()).toHaveLength(4)
  })

  it('[S26] go out from an empty cache as well', async () => {
    await rm(engine.context.gitCacheDir, { recursive: true })
    await engine.saved({ writes: [edited(users, { description: 'New' })] })
    expect((await engine.sync()).state).toBe('succeeded')
  })

  it('[S25] wait for whoever syncs the connection already', async () => {
    await engine.db
      .updateTable('sync_state')
      .set({ lease_owner: 'another', lease_until: new Date(Date.now() + 60_000) })
      .execute()
    await engine.saved({ writes: [edited(users, { description: 'New' })] })
    await engine.job()
    expect(await engine.outbox()).toBe(1)
  })

  it('[S7] that dangle, share a slug or miss a key are refused; those referred to are not deleted', async () => {
    const dangling = await engine.save({ writes: [relationship('users', 'nowhere')] })
    const twice = await engine.save({ writes: [related('users')] })
    const faulty = await engine.save({ writes: [{ kind: 'parent-models', slug: 'x', value: { name: 'X' } }] })
    const outcome = [dangling, twice, faulty].map((o) =>
      o.kind === 'refused' ? o.findings.flatMap((f) => f.findings.map((x) => x.code)) : o.kind,
    )
    expect(outcome).toEqual([
      ['unresolved-model'],
      ['duplicate-slug'],
      ['missing-key', 'missing-key', 'missing-key'],
    ])
    expect(await engine.save({ deletes: [{ kind: 'parent-models', slug: 'users' }] })).toEqual({
      kind: 'referenced',
      kind_: 'parent-models',
      slug: 'users',
      referrers: [{ kind: 'model-relationships', slug: 'users-purchases' }],
    })
    const stale = await engine.save({ writes: [{ ...users, revision: '0' }] })
    expect([stale.kind, await engine.outbox()]).toEqual(['stale', 0])
  })
})
