import { describe, expect, it } from 'vitest'
import { PlanWorld, type Write } from '../../../../test/support/plan-world.ts'
import type { CommitDraft } from './draft.ts'
import { subjectOf } from './subject.ts'

function model(kind: 'parent-models' | 'related-models', slug: string, more: object = {}): Write {
  const key = kind === 'parent-models' ? { primaryKey: 'id' } : {}
  const name = slug.charAt(0).toUpperCase() + slug.slice(1)
  return {
    ref: { kind, slug },
    value: { name, source: 's1', type: 'table', tableName: slug, ...key, ...more },
  }
}

function relationship(from: string, to: string): Write {
  const end = (slug: string) => ({ slug, mergeColumns: false })
  const mapping = [{ fromColumn: 'id', toColumn: 'id' }]
  const value = { from: end(from), to: end(to), cardinality: '1:many', mapping }
  return { ref: { kind: 'model-relationships', slug: `${from}-${to}` }, value }
}

function gone({ ref }: Write): Write {
  return { ref, value: null }
}

const users = model('parent-models', 'users')
const orders = model('related-models', 'orders')
const joined = relationship('users', 'orders')

/** A world where both sides have these. */
function synced(...writes: Write[]): PlanWorld {
  const world = new PlanWorld()
  world.save(writes)
  world.sync()
  return world
}

function told(drafts: readonly CommitDraft[]): string[] {
  return drafts.map(
    ({ subject, writes }) =>
      `${subject} | ${writes.map((w) => `${w.fileValue ? '' : '-'}${w.path}`).join(' ')}`,
  )
}

describe('the commits of a change set', () => {
  it('[S8] are models first, then what refers to them', () => {
    const world = new PlanWorld()
    world.sync()
    world.save([joined, orders, users])
    expect(told(world.sync().drafts)).toEqual([
      'Add 2 models | schema/related-models/orders.yaml schema/parent-models/users.yaml',
      'Add relationship users-orders | schema/model-relationships/users-orders.yaml',
    ])
  })

  it('[S8] take relationships out before the models that they join', () => {
    const world = synced(users, orders, joined)
    world.save([gone(orders), gone(joined)])
    expect(told(world.sync().drafts)).toEqual([
      'Delete relationship users-orders | -schema/model-relationships/users-orders.yaml',
      'Delete related model Orders | -schema/related-models/orders.yaml',
    ])
  })

  it('[S8] are one where a phase alone would bring an error', () => {
    const world = synced(users, orders, joined)
    const moved = [
      model('parent-models', 'users', { source: 's2' }),
      model('related-models', 'orders', { source: 's2' }),
    ]
    // Each model in the new source alone would be joined across two.
    world.save([moved[0] ?? users])
    expect(world.queue).toEqual([])
    world.save([...moved, { ...joined, value: { ...joined.value, cardinality: '1:1' } }])
    expect(told(world.sync().drafts)).toEqual([
      'Update 2 models | schema/parent-models/users.yaml schema/related-models/orders.yaml',
      'Update relationship users-orders: cardinality | schema/model-relationships/users-orders.yaml',
    ])
    // Both kinds share one space of names: the new model cannot come before the old one goes.
    world.save([gone(users), model('related-models', 'users', { source: 's2' })])
    expect(told(world.sync().drafts)).toEqual([
      'Add 1 model; delete 1 model | -schema/parent-models/users.yaml schema/related-models/users.yaml',
    ])
  })

  it('[S7] follow the saves in order, and leave out what came to nothing', () => {
    const world = synced(users, orders)
    world.save([model('parent-models', 'users', { description: 'a' })])
    world.save([model('related-models', 'orders', { description: 'b' })])
    world.save([model('parent-models', 'users', { description: 'c', primaryLabel: 'id' })])
    world.save([orders])
    expect(told(world.sync().drafts)).toEqual([
      'Update parent model Users: description | schema/parent-models/users.yaml',
      'Update parent model Users: description, primaryLabel | schema/parent-models/users.yaml',
    ])
    expect(world.queue).toEqual([])
  })

  it('[S7] join the saves of a file that has moved', () => {
    const world = synced(users)
    world.push([{ ...users, style: 3 }])
    world.save([model('parent-models', 'users', { description: 'a' })])
    world.save([model('parent-models', 'users', { description: 'b' })])
    const { drafts } = world.sync()
    expect(drafts.map(({ subject, changeIds }) => [subject, changeIds.length])).toEqual([
      ['Update parent model Users: description', 2],
    ])
  })
})

describe('a subject', () => {
  it('[Z10] is one line, whatever the name holds', () => {
    const value = { name: 'A\nSigned-off-by: B <b@c>\u001b[31m', type: 'table' }
    const ref = { kind: 'models' as const, slug: 'a' }
    const write = {
      resourceId: '1',
      ref,
      path: 'models/a.yaml',
      from: null,
      before: null,
      fileValue: value,
      value,
      wasValue: null,
    }
    expect(subjectOf([write], [])).toBe('Add model A Signed-off-by: B <b@c> [31m')
  })
})
