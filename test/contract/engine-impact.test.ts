import { afterEach, beforeEach, expect, it } from 'vitest'
import { planConnection } from '../../src/server/jobs/plan-connection.ts'
import { connectionOf } from '../../src/store/connections.ts'
import { createWorkspace } from '../../src/store/workspaces.ts'
import { createEngine, type Engine, side } from '../support/engine.ts'
import type { GitPerson } from '../support/git-person.ts'
import { parent, related, relationship, source } from '../support/resources.ts'

let engine: Engine
let person: GitPerson

beforeEach(async () => {
  engine = await createEngine()
  await engine.saved({
    writes: [source(), parent('users'), related('purchases'), relationship('users', 'purchases')],
  })
  await engine.connect({ url: engine.url, shared: true })
  await engine.sync()
  person = await engine.clone()
})
afterEach(() => engine.close())

async function plan() {
  const connection = await connectionOf(engine.db, engine.workspace.id)
  return planConnection(engine.context, connection?.id ?? '')
}

it('[S1] a change in a plan says how bad it is, why, and what depends on it here and in others on the same files', async () => {
  const workspace = await createWorkspace(engine.db, { slug: 'twin', name: 'twin' })
  if (!workspace) throw new Error('taken')
  const twin = side(engine.context, workspace)
  await twin.saved({ writes: [source()] })
  await twin.connect({ url: engine.url, shared: true })
  await twin.sync()
  const file = 'schema/parent-models/users.yaml'
  await person.write(file, (await person.read(file)).replace('primaryKey: id', 'primaryKey: user_id'))
  await person.commit('Another key')
  await person.push()
  const { inbound } = await plan()
  const joined = { kind: 'model-relationships', slug: 'users-purchases' }
  expect(inbound.map(({ slug, impact, dependents }) => ({ slug, impact, dependents }))).toEqual([
    {
      slug: 'users',
      impact: {
        word: 'breaking',
        reasons: [{ impact: 'breaking', field: '/primaryKey', why: 'Rows are told apart by another key' }],
      },
      dependents: [
        { ...joined, workspace: null },
        { ...joined, workspace: 'twin' },
      ],
    },
  ])
})
