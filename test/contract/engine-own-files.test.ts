import { afterEach, beforeEach, expect, it } from 'vitest'
import { planConnection } from '../../src/server/jobs/plan-connection.ts'
import { connectionOf } from '../../src/store/connections.ts'
import type { Run } from '../../src/store/runs.ts'
import { createEngine, type Engine } from '../support/engine.ts'
import type { GitPerson } from '../support/git-person.ts'
import { parent, source } from '../support/resources.ts'

let engine: Engine
let person: GitPerson
const ALIASES = 'aliases-staging.yaml'

beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

async function started(): Promise<void> {
  await engine.saved({ writes: [source(), source('lake'), parent('users')] })
  await engine.connect({ url: engine.url })
  await engine.sync()
  person = await engine.clone()
}

async function pushed(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await person.write(path, text)
  await person.commit('By hand')
  await person.push()
}

function model(name: string, from: string): string {
  return `name: ${name}\nsource: ${from}\ntype: table\ntableName: t\nprimaryKey: id\n`
}

function said({ diagnostics }: Pick<Run, 'diagnostics'>): string[] {
  return diagnostics.map(({ file, line, severity, code }) => `${file}:${line} ${severity} ${code}`)
}

const FAULTY = `sources:
  main: warehouse
  lost: nowhere
  a: b
  b: a
  lake: warehouse
  idle: warehouse
`

it('[E3] [E4] [S14] a run tells faulty aliases at their lines; files that use them wait, the others come in', async () => {
  await started()
  await pushed({
    [ALIASES]: FAULTY,
    'schema/parent-models/fine.yaml': model('Fine', 'main'),
    'schema/parent-models/circle.yaml': model('Circle', 'a'),
    'schema/parent-models/lost.yaml': model('Lost', 'lost'),
    'schema/parent-models/shadow.yaml': model('Shadow', 'lake'),
  })
  const run = await engine.sync()
  expect([run.state, run.counts, said(run), await engine.list()]).toEqual([
    'succeeded',
    { inbound: 2, outbound: 0, conflicts: 0, held: 0, aside: 0, pending: 2 },
    [
      `${ALIASES}:3 error alias-dangling`,
      `${ALIASES}:4 error alias-cycle`,
      `${ALIASES}:6 warning alias-shadows-slug`,
      `${ALIASES}:7 warning alias-unused`,
      'schema/parent-models/circle.yaml:2 warning unresolved-source',
      'schema/parent-models/lost.yaml:2 warning unresolved-source',
    ],
    [
      'parent-models/fine',
      'parent-models/shadow',
      'parent-models/users',
      'sources/lake',
      'sources/warehouse',
    ],
  ])
  expect((await engine.value('parent-models', 'shadow'))?.source).toBe('warehouse')
})

it('[E3] a plan and a full resync tell them again, another run does not; files that did not change use aliases too', async () => {
  await started()
  await pushed({ [ALIASES]: FAULTY, 'schema/parent-models/fine.yaml': model('Fine', 'main') })
  await engine.sync()
  await pushed({ 'schema/parent-models/more.yaml': model('More', 'idle') })
  const next = await engine.sync()
  expect([next.counts.inbound, said(next)]).toEqual([1, []])
  const told = [
    `${ALIASES}:3 error alias-dangling`,
    `${ALIASES}:4 error alias-cycle`,
    `${ALIASES}:6 warning alias-shadows-slug`,
  ]
  expect(said(await engine.sync({ full: true }))).toEqual([...told, `${ALIASES}:6 warning alias-unused`])
  const connection = await connectionOf(engine.db, engine.workspace.id)
  if (!connection) throw new Error('not connected')
  const plan = await planConnection(engine.context, connection.id)
  expect(said({ diagnostics: [...plan.diagnostics] })).toEqual([...told, `${ALIASES}:6 warning alias-unused`])
})

it('[E3] [S14] an alias file mended in Git is taken in by itself, and nothing is said any more', async () => {
  await started()
  await pushed({
    [ALIASES]: 'sources:\n  lost: nowhere\n',
    'schema/parent-models/lost.yaml': model('Lost', 'lost'),
  })
  expect((await engine.sync()).counts.pending).toBe(1)
  await pushed({ [ALIASES]: 'sources:\n  lost: lake\n' })
  const run = await engine.sync()
  expect([run.counts, said(run)]).toEqual([
    { inbound: 1, outbound: 0, conflicts: 0, held: 0, aside: 0, pending: 0 },
    [],
  ])
  expect((await engine.value('parent-models', 'lost'))?.source).toBe('lake')
})

it('[E5] another workspace’s manifest in the path is a notice of the first plan and run', async () => {
  person = await engine.clone()
  await pushed({
    'manifest-production.yaml': 'sources:\n  warehouse:\n    name: Warehouse\n    type: duckdb\n',
    'schema/parent-models/theirs.yaml': model('Theirs', 'warehouse'),
  })
  await engine.saved({ writes: [source()] })
  const connection = await engine.connect({ url: engine.url })
  const notice = ['manifest-production.yaml:1 notice other-manifest']
  const plan = await planConnection(engine.context, connection.id)
  expect(said({ diagnostics: [...plan.diagnostics] })).toEqual(notice)
  const first = await engine.sync()
  expect([first.state, said(first), await engine.list()]).toEqual([
    'succeeded',
    notice,
    ['parent-models/theirs', 'sources/warehouse'],
  ])
  expect(said(await engine.sync({ full: true }))).toEqual([])
})
