import { rename } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startJobs } from '../../src/server/jobs/start-jobs.ts'
import { archiveWorkspace, restoreWorkspace } from '../../src/store/archive-workspace.ts'
import { connectionOf } from '../../src/store/connections.ts'
import { listRuns, requestSync } from '../../src/store/runs.ts'
import { ANN, createEngine, type Engine } from '../support/engine.ts'
import { edited, parent, related, relationship, source } from '../support/resources.ts'

let engine: Engine
let jobs: { stop(): Promise<void> }[] = []
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(async () => {
  for (const each of jobs) await each.stop()
  jobs = []
  await engine.close()
})

async function start(): Promise<void> {
  jobs.push(await startJobs(engine.context))
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const start = Date.now()
  while (!(await isTrue())) {
    if (Date.now() - start > 30_000) throw new Error('it did not happen within 30 s')
    await pause(20)
  }
}

async function ask(): Promise<string> {
  const connection = await connectionOf(engine.db, engine.workspace.id)
  if (!connection) throw new Error('not connected')
  return requestSync(engine.db, connection, { trigger: 'manual', actor: ANN })
}

async function states(): Promise<string[]> {
  const { items } = await listRuns(engine.db, engine.workspace.id, { limit: 100 })
  return items.map((run) => `${run.trigger} ${run.state}`)
}

const users = parent('users')

describe('the job', () => {
  it('[S26] a start that fails leaves no heartbeat behind, which would keep the process from ending', async () => {
    const nowhere = { ...engine.context, databaseUrl: 'postgres://tandem@127.0.0.1:1/tandem' }
    await expect(startJobs(nowhere)).rejects.toThrow('ECONNREFUSED')
    expect(await engine.db.selectFrom('worker').select('id').execute()).toEqual([])
  })

  it('[S7] [S13] sends saves by itself, and polls for what others push', async () => {
    await engine.saved({ writes: [source(), users] })
    await engine.connect({ url: engine.url, pollSeconds: 1 })
    await start()
    await ask()
    await until(async () => (await engine.log()).length === 1)
    await engine.saved({ writes: [edited(users, { description: 'New' })] })
    await until(async () => (await engine.log())[0] === 'Update parent model Users: description')
    await until(async () => (await engine.outbox()) === 0)

    const person = await engine.clone()
    await person.write(
      'schema/related-models/orders.yaml',
      'name: Orders\nsource: warehouse\ntype: table\ntableName: orders\n',
    )
    await person.commit('By hand')
    await person.push()
    await until(async () => (await engine.get('related-models', 'orders')) !== null)
    await until(async () => (await states())[0] === 'poll succeeded')
    expect(await states()).toEqual(['poll succeeded', 'save succeeded', 'first succeeded'])
    // Polls that find nothing leave no run.
    await pause(2_500)
    expect(await states()).toHaveLength(3)
  })

  it('[S7] [S13] leaves an archived workspace alone, and takes up what waited when it is restored', async () => {
    await engine.saved({ writes: [source(), users] })
    await engine.connect({ url: engine.url, pollSeconds: 1 })
    await start()
    await ask()
    await until(async () => (await states())[0] === 'first succeeded')
    await archiveWorkspace(engine.db, engine.workspace.id)
    await engine.saved({ writes: [edited(users, { description: 'New' })] })
    await ask()
    const person = await engine.clone()
    await person.write(
      'schema/related-models/orders.yaml',
      'name: Orders\nsource: warehouse\ntype: table\ntableName: orders\n',
    )
    await person.commit('By hand')
    await person.push()
    await pause(2_500)
    expect([await states(), await engine.get('related-models', 'orders'), await engine.outbox()]).toEqual([
      ['manual queued', 'first succeeded'],
      null,
      1,
    ])
    await restoreWorkspace(engine.db, engine.workspace.id)
    await until(async () => (await engine.get('related-models', 'orders')) !== null)
    await until(async () => (await engine.outbox()) === 0)
    expect((await engine.log())[0]).toBe('Update parent model Users: description')
  })

  it('[S7] [S8] sends by itself what had to wait for the place that a rename left', async () => {
    await engine.saved({ writes: [source(), users] })
    await engine.connect({ url: engine.url })
    await engine.sync()
    await engine.saved({ renames: [{ kind: 'parent-models', from: 'users', to: 'people' }] })
    await engine.saved({ writes: [edited(users, { tableName: 'accounts' })] })
    await start()
    await until(async () => (await engine.outbox()) === 0)
    expect((await engine.log()).slice(0, 2)).toEqual([
      'Add parent model Users',
      'Rename parent model users to people',
    ])
    expect((await engine.files()).filter((file) => file.startsWith('schema'))).toEqual([
      'schema/parent-models/people.yaml',
      'schema/parent-models/users.yaml',
    ])
  })

  it('[S7] [S18] sends by itself what waited for a file that came in, and mends that file with it', async () => {
    await engine.saved({ writes: [source(), users, related('orders'), relationship('users', 'orders')] })
    await engine.connect({ url: engine.url })
    await engine.sync()
    const person = await engine.clone()
    await person.git('mv', 'schema/parent-models/users.yaml', 'schema/parent-models/people.yaml')
    await person.commit('Call users people')
    await person.push()
    await engine.sync()
    await engine.saved({ writes: [users] })
    const joined = await person.read('schema/model-relationships/users-orders.yaml')
    await person.write('schema/model-relationships/again.yaml', joined)
    await person.commit('Join them once more')
    await person.push()
    await start()
    await ask()
    await until(async () => (await engine.outbox()) === 0)
    const froms = ['users-orders', 'again'].map(async (slug) => {
      const file = await engine.show(`schema/model-relationships/${slug}.yaml`)
      return /from:[\s\S]*?slug: (\S+)/.exec(file)?.[1]
    })
    expect(await Promise.all(froms)).toEqual(['people', 'people'])
  })

  it('[S25] runs one at a time for a connection, whatever the number of servers', async () => {
    await engine.saved({ writes: [source(), users] })
    await engine.connect({ url: engine.url })
    await start()
    await start()
    for (let i = 0; i < 12; i++) {
      await engine.saved({ writes: [edited(users, { description: `save ${i}` })] })
      if (i % 3 === 0) await ask()
    }
    await until(async () => (await engine.outbox()) === 0)
    await until(async () => (await states()).every((state) => !/queued|running/.test(state)))
    const { items } = await listRuns(engine.db, engine.workspace.id, { limit: 100 })
    const spans = items
      .map((run) => [run.started_at?.getTime() ?? 0, run.finished_at?.getTime() ?? 0] as const)
      .sort((a, b) => a[0] - b[0])
    const overlaps = spans.filter(([begin], i) => i > 0 && begin < (spans[i - 1]?.[1] ?? 0))
    expect(overlaps).toEqual([])
    expect(items.map((run) => run.state)).not.toContain('failed')
  })

  it('[S24] tries again later when the remote cannot be reached, and says so meanwhile', async () => {
    await engine.saved({ writes: [source(), users] })
    await engine.connect({ url: engine.url })
    await engine.sync()
    await rename(engine.remoteDir, `${engine.remoteDir}.away`)
    await engine.saved({ writes: [edited(users, { description: 'New' })] })
    await start()
    await until(async () => (await states())[0] === 'save failed')
    expect(await engine.outbox()).toBe(1)
    await rename(`${engine.remoteDir}.away`, engine.remoteDir)
    await ask()
    await until(async () => (await engine.outbox()) === 0)
  })
})
