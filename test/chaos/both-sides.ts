import { expect } from 'vitest'
import type { Run } from '../../src/store/runs.ts'
import type { Engine } from '../support/engine.ts'
import { headOf, plainGit } from '../support/git-bare.ts'
import { pushAs } from '../support/model/git-people.ts'
import { edited, parent, related, relationship, source } from '../support/resources.ts'

export const USERS = 'schema/parent-models/users.yaml'
export const PURCHASES = 'schema/related-models/purchases.yaml'

/** A schema in Git and in the workspace, to which both sides add something in every round. */
export async function inSync(engine: Engine, url: string): Promise<void> {
  await engine.saved({
    writes: [source(), parent('users'), related('purchases'), relationship('users', 'purchases')],
  })
  await engine.connect({ url })
  await engine.sync()
}

/** Two things that the next run has to bring over, one each way, and a model that is new. */
export async function moveBoth(engine: Engine, dir: string, round: string): Promise<void> {
  const head = await headOf(dir)
  const text = `name: Purchases ${round}\nsource: warehouse\ntype: table\ntableName: purchases\n`
  expect(await pushAs(dir, 'Pat', head, new Map([[PURCHASES, text]]), { message: `push ${round}` })).toBe(
    true,
  )
  const value = edited(parent('users'), { description: `save ${round}` })
  const fresh = related(`m-${round}`, { description: `${round} `.repeat(40).trim() })
  await engine.saved({ message: `save ${round}`, writes: [value, fresh] })
}

/** Runs until there is nothing to do; what the last round moved is on both sides. */
export async function expectQuiet(engine: Engine, last: string): Promise<void> {
  const states: string[] = []
  while (states.length < 6 && states.at(-1) !== 'nothing-to-do') states.push((await engine.sync()).state)
  expect([
    states.at(-1),
    await engine.outbox(),
    (await engine.value('related-models', 'purchases'))?.name,
    (await engine.value('parent-models', 'users'))?.description,
  ]).toEqual(['nothing-to-do', 0, `Purchases ${last}`, `save ${last}`])
}

/** The same, and both sides are equal, with every save in one commit and no more. */
export async function expectHealed(engine: Engine, dir: string, rounds: readonly string[]): Promise<void> {
  await expectQuiet(engine, rounds.at(-1) ?? '')
  const full = await engine.sync({ full: true, verify: true })
  expect([full.state, full.counts, await engine.outbox()]).toEqual([
    'nothing-to-do',
    { inbound: 0, outbound: 0, conflicts: 0, held: 0, aside: 0, pending: 0 },
    0,
  ])
  const bodies = (await plainGit(dir, ['log', '--format=%b', 'main']))
    .split('\n')
    .filter((line) => line.startsWith('save '))
  expect(bodies.sort()).toEqual(rounds.map((round) => `save ${round}`).sort())
}

/** S10, and the house's style: a failure is a sentence or two for a person, without an address or a path of ours. */
export function expectSentence(run: Run): void {
  const { problem } = run
  if (run.state !== 'failed' || problem === null) return
  expect(problem.code).not.toBe('internal')
  expect(problem.message).toMatch(/^[\w“"'][^\n]{10,400}[.!?)]$|^The remote refused the push: /)
  expect(problem.message).not.toMatch(/\bat .*:\d+:\d+|Error:|\/cache\/|undefined|\[object|https?:\/\//)
}
