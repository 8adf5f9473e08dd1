import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Lease, releaseLease, renewLease, takeLease } from '../../src/store/leases.ts'
import { createEngine, type Engine } from '../support/engine.ts'

let engine: Engine
let connectionId: string
beforeEach(async () => {
  engine = await createEngine()
  connectionId = (await engine.connect({ url: engine.url })).id
})
afterEach(() => engine.close())

async function taken(owner: string): Promise<Lease> {
  const lease = await takeLease(engine.db, connectionId, owner)
  if (!lease) throw new Error(`${owner} did not get the lease`)
  return lease
}

it('[S25] a lease is one holder’s until it is given back', async () => {
  const lease = await taken('one')
  expect(await takeLease(engine.db, connectionId, 'two')).toBe(null)
  expect(await renewLease(engine.db, lease)).toBe(true)
  await releaseLease(engine.db, lease)
  expect(BigInt((await taken('two')).fence)).toBe(BigInt(lease.fence) + 1n)
})

it('[S25] [S26] a renewal that comes after the release takes nothing: the next run need not wait for it', async () => {
  const lease = await taken('one')
  await releaseLease(engine.db, lease)
  expect(await renewLease(engine.db, lease)).toBe(false)
  await taken('two')
})
