import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../support/engine.ts'
import { parent, related, relationship, source } from '../support/resources.ts'

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

describe('a first sync', () => {
  it('[S8] [S11] [S29] brings a workspace into an empty repository: models in one commit, relationships in the next', async () => {
    await engine.saved({
      writes: [source(), parent('users'), related('purchases'), relationship('users', 'purchases')],
    })
    await engine.connect({ url: engine.url })
    const run = await engine.sync()
    expect({
      state: run.state,
      problem: run.problem,
      trigger: run.trigger,
      direction: run.direction,
    }).toEqual({
      state: 'succeeded',
      problem: null,
      trigger: 'first',
      direction: 'OUTBOUND',
    })
    expect(await engine.log('%s | %an <%ae>')).toEqual([
      'Add relationship users-purchases | Ann Lee <ann@example.com>',
      'Add 2 models | Ann Lee <ann@example.com>',
    ])
    expect(await engine.files()).toEqual([
      'aliases-staging.yaml',
      'manifest-staging.yaml',
      'schema/model-relationships/users-purchases.yaml',
      'schema/parent-models/users.yaml',
      'schema/related-models/purchases.yaml',
    ])
    expect(await engine.outbox()).toBe(0)
  })
})
