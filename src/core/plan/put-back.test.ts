import { expect, it } from 'vitest'
import { PlanWorld, type Write } from '../../../test/support/plan-world.ts'
import { lastGoodFiles } from './put-back.ts'

const table = { source: 's1', type: 'table', tableName: 't' }
const event: Write = {
  ref: { kind: 'event-models', slug: 'seen' },
  value: { ...table, name: 'Seen', timestampColumn: 'at' },
}
const clash: Write = { ref: { kind: 'related-models', slug: 'seen' }, value: { ...table, name: 'Seen too' } }

it('[S14] [F14] putting the last good version back leaves a file alone that was only styled, though the fault is told at it', () => {
  const world = new PlanWorld()
  world.save([event])
  world.sync()
  world.push([{ ...event, style: 1 }, clash])
  expect(lastGoodFiles(world.snapshot())).toEqual([{ path: 'schema/related-models/seen.yaml', blob: null }])
})
