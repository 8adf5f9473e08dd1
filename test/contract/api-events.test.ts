import { EventSourceParserStream } from 'eventsource-parser/stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { WorkspaceEvent } from '../../src/core/wire/events.ts'
import { isFinal, type RunSummary } from '../../src/core/wire/run.ts'
import { fillWorkspace, USERS } from '../support/api-samples.ts'
import { USERS as CONNECTED_USERS, connectedWorkspace } from '../support/connected-workspace.ts'
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  await fillWorkspace(server, 'w')
  await fillWorkspace(server, 'other')
})
afterAll(() => server.stop())

type Heard = { id: string | undefined; data: unknown }

async function listen(headers: Record<string, string> = {}, ws = 'w') {
  const stop = new AbortController()
  const response = await fetch(`${server.url}/api/v1/workspaces/${ws}/events`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...headers },
    signal: stop.signal,
  })
  const reader = response.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader()
  return {
    next: async (): Promise<Heard> => {
      const { value } = (await reader?.read()) ?? {}
      return { id: value?.id, data: value && JSON.parse(value.data) }
    },
    close: () => stop.abort(),
  }
}

let n = 0
async function change(slug = 'users', ws = 'w'): Promise<void> {
  n += 1
  const body = { ...USERS, description: `change ${n}` }
  await server.ask('PUT', `/workspaces/${ws}/parent-models/${slug}`, { body, headers: { 'if-match': '*' } })
}
const saved = (slug: string) => ({
  type: 'resource',
  workspace: 'w',
  kind: 'parent-models',
  slug,
  change: 'saved',
})

it('[A3] the stream tells every change of its workspace, and only of that', async () => {
  const stream = await listen()
  await change('users', 'other')
  await change('users')
  await change('more')
  const heard = [await stream.next(), await stream.next()]
  expect(heard.map(({ data }) => data)).toEqual([saved('users'), saved('more')])
  stream.close()
})

it('[A3, S5, W6] a conflict is told when it appears and when it goes by itself, before its run ends', async () => {
  const { slug, person, sync } = await connectedWorkspace(server, 'both')
  const before = await person.read('schema/parent-models/users.yaml')
  const stream = await listen({}, slug)
  const untilFinal = async () => {
    const heard: string[] = []
    for (;;) {
      const data = (await stream.next()).data as WorkspaceEvent
      if (data.type === 'resource') heard.push(`${data.slug} ${data.change}`)
      if (data.type === 'run' && isFinal(data.state as RunSummary['state'])) return heard
    }
  }
  const push = async (text: string) => {
    await person.write('schema/parent-models/users.yaml', text)
    await person.commit('By hand')
    await person.push()
  }
  await push(before.replace('name: Users', 'name: People'))
  await server.ask('PUT', `/workspaces/${slug}/parent-models/users`, {
    body: { ...CONNECTED_USERS, name: 'Customers' },
    headers: { 'if-match': '*' },
  })
  expect(await untilFinal()).toEqual(['users saved', 'users git'])
  await push(before.replace('name: Users', 'name: Customers'))
  await sync()
  expect(await untilFinal()).toEqual(['users git'])
  stream.close()
})

it('[A3] after a break it goes on behind the last id; where that is not known it says to read anew', async () => {
  const first = await listen()
  await change()
  const { id = '' } = await first.next()
  first.close()
  await change('missed')
  const second = await listen({ 'last-event-id': id })
  expect((await second.next()).data).toEqual(saved('missed'))
  second.close()
  const third = await listen({ 'last-event-id': 'of-another-life-7' })
  expect((await third.next()).data).toEqual({ type: 'resources', workspace: 'w' })
  third.close()
})

it('[A3] when the connection that hears is lost it is made again, once, and readers are told to read anew', async () => {
  const hearing = async () => {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity where datname = current_database() and query like 'listen tandem%'`.execute(
      server.db,
    )
    return rows.map(({ pid }) => pid)
  }
  const stream = await listen()
  for (const pid of await hearing()) await sql`select pg_terminate_backend(${pid})`.execute(server.db)
  expect((await stream.next()).data).toEqual({ type: 'resources', workspace: 'w' })
  await change()
  expect((await stream.next()).data).toEqual(saved('users'))
  expect(await hearing()).toHaveLength(1)
  stream.close()
})

it('[A3] streams end in order when the server stops', async () => {
  const stream = await listen()
  expect(await server.terminate()).toBe(0)
  expect(await stream.next()).toEqual({ id: undefined, data: undefined })
  await server.restart()
})
