import { describe, expect, it } from 'vitest'
import { PlanWorld, type Write } from '../../../test/support/plan-world.ts'
import type { JsonObject } from '../model/json.ts'
import { findingProblem } from './problem.ts'
import { reconcile } from './reconcile.ts'
import type { FileEntry } from './snapshot.ts'

function users(more: JsonObject = {}): Write {
  return {
    ref: { kind: 'parent-models', slug: 'users' },
    value: { name: 'Users', source: 's1', type: 'table', tableName: 'users', primaryKey: 'id', ...more },
  }
}
const NO_USERS: Write = { ref: users().ref, value: null }

function synced(): PlanWorld {
  const world = new PlanWorld()
  world.save([users()])
  world.sync()
  return world
}

/** What the plan says of `users`, list by list. */
function saidOf(world: PlanWorld): Record<string, unknown> {
  const { inbound, outbound, conflicts, converged, pending, waiting } = reconcile(world.snapshot()).plan
  const lists = Object.entries({ inbound, outbound, conflicts, converged, pending, waiting })
  return Object.fromEntries(
    lists.flatMap(([name, list]) => (list[0] ? [[name, 'change' in list[0] ? list[0].change : true]] : [])),
  )
}

describe('one resource', () => {
  it('[S3] unchanged on one side flows from the other', () => {
    const ours = synced()
    ours.save([users({ description: 'ours' })])
    const theirs = synced()
    theirs.push([users({ description: 'theirs' })])
    const gone = synced()
    gone.save([NO_USERS])
    expect([saidOf(synced()), saidOf(ours), saidOf(theirs), saidOf(gone)]).toEqual([
      {},
      { outbound: 'changed' },
      { inbound: 'changed' },
      { outbound: 'removed' },
    ])
  })

  it('[S3] changed alike on both sides has converged; differently it is a conflict', () => {
    const alike = synced()
    alike.save([users({ description: 'same' })])
    alike.push([users({ description: 'same' })])
    const apart = synced()
    apart.save([users({ description: 'ours' })])
    apart.push([users({ description: 'theirs' })])
    const against = synced()
    against.save([NO_USERS])
    against.push([users({ description: 'theirs' })])
    const both = synced()
    both.save([NO_USERS])
    both.push([NO_USERS])
    expect([saidOf(alike), saidOf(apart), saidOf(against), saidOf(both)]).toEqual([
      { converged: true },
      { conflicts: 'changed' },
      { conflicts: 'added' },
      { converged: true },
    ])
  })

  it('[S2] whose bytes alone changed moves the base and nothing else', () => {
    const world = synced()
    world.push([{ ...users(), style: 1 }])
    expect(saidOf(world)).toEqual({ converged: true })
  })

  it('[S2] [S15] deleted and made anew between two syncs is a change', () => {
    const world = synced()
    world.save([NO_USERS])
    world.save([users({ description: 'anew' })])
    expect(saidOf(world)).toEqual({ outbound: 'changed' })
    world.sync()
    expect([...world.base.keys()]).toEqual([...world.workspace.keys()])
  })

  it('[E4] of an unknown source is pending, and what the app does to it waits', () => {
    const world = synced()
    world.push([users({ source: 's9' })])
    world.save([users({ description: 'waits' })])
    expect(saidOf(world)).toEqual({ pending: true })
    world.sync()
    expect(world.queue).toHaveLength(1)
  })

  it('[F11] keeps a block of the workspace that the file does not manage', () => {
    const world = new PlanWorld()
    world.save([users({ tags: ['a'] })])
    world.push([users({ description: 'theirs' })])
    expect(saidOf(world)).toEqual({ conflicts: 'changed' })
    const agreed = new PlanWorld()
    agreed.save([users({ tags: ['a'] })])
    agreed.push([users()])
    expect(saidOf(agreed)).toEqual({ converged: true })
    agreed.sync()
    agreed.push([users({ description: 'theirs' })])
    agreed.sync()
    expect([...agreed.workspace.values()][0]?.value).toMatchObject({ description: 'theirs', tags: ['a'] })
    agreed.save([users({ description: 'theirs', tags: ['b'] })])
    const [draft] = agreed.sync().drafts
    expect(draft?.writes[0]?.fileValue).toMatchObject({ tags: ['b'] })
  })
})

describe('a commit', () => {
  it('[S14] with a new error stops everything that comes in; an old one sets its file aside', () => {
    const broken: Write = {
      ref: { kind: 'model-relationships', slug: 'users-x' },
      value: {
        from: { slug: 'users', mergeColumns: false },
        to: { slug: 'x', mergeColumns: false },
        cardinality: '1:1',
        mapping: [{ fromColumn: 'a', toColumn: 'b' }],
      },
    }
    const old = new PlanWorld()
    old.push([users(), broken])
    const first = old.sync().reconciliation.plan
    expect([first.stopped, first.inbound.length, first.aside.map((entry) => entry.slug)]).toEqual([
      false,
      1,
      ['users-x'],
    ])
    const fresh = synced()
    fresh.push([users({ description: 'theirs' }), broken])
    const { plan, problems } = fresh.sync().reconciliation
    expect([
      plan.stopped,
      plan.inbound,
      plan.waiting.map((entry) => entry.slug),
      problems.map((p) => p.file),
    ]).toEqual([true, [], ['users'], ['schema/model-relationships/users-x.yaml']])
  })

  it('[S14] [S24] that is stopped sets nothing aside but what was aside before', () => {
    const faulty = (slug: string): Write => ({
      ref: { kind: 'model-relationships', slug },
      value: {
        from: { slug: 'users', mergeColumns: false },
        to: { slug: 'nowhere', mergeColumns: false },
        cardinality: '1:1',
        mapping: [{ fromColumn: 'a', toColumn: 'b' }],
      },
    })
    const world = new PlanWorld()
    world.push([users(), faulty('old')])
    world.sync()
    world.push([faulty('new')])
    const { plan } = reconcile(world.snapshot())
    expect([plan.stopped, plan.aside.map((entry) => entry.slug)]).toEqual([true, ['old']])
  })

  it('[S16] that takes away more than a fifth and more than five is held', () => {
    const world = new PlanWorld()
    const many = Array.from(
      { length: 10 },
      (_, i): Write => ({ ...users(), ref: { kind: 'parent-models', slug: `m${i}` } }),
    )
    world.save(many)
    world.sync()
    const held = (count: number, total: number) => {
      const snapshot = { ...world.snapshot(), totals: { resources: total, files: total } }
      const pairs = snapshot.pairs.map((pair, i) => (i < count ? { ...pair, file: null } : pair))
      return reconcile({ ...snapshot, pairs }).plan.held.map(({ direction, reason, changes }) => [
        direction,
        reason,
        changes.length,
      ])
    }
    expect([held(5, 10), held(6, 30), held(6, 29)]).toEqual([[], [], [['inbound', 'deletions', 6]]])
  })
})

it('[S8] [F1] a slug that a file has which cannot be read is taken', () => {
  const world = synced()
  world.save([
    {
      ref: { kind: 'related-models', slug: 'new' },
      value: { name: 'New', source: 's1', type: 'table', tableName: 't' },
    },
  ])
  const ref = { kind: 'event-models', slug: 'new' } as const
  const path = 'schema/event-models/new.yaml'
  const finding = {
    code: 'yaml-tag',
    severity: 'error',
    message: 'No YAML',
    hint: null,
    path: [],
    at: 'value',
  } as const
  const problems = [findingProblem(path, 'b', finding)]
  const file: FileEntry = { kind: 'broken', ref, path, blob: 'b', problems }
  const snapshot = world.snapshot()
  const pair = { role: 'touched', base: null, workspace: null, file, twins: [] } as const
  const { plan } = reconcile({ ...snapshot, pairs: [...snapshot.pairs, pair] })
  expect([plan.outbound, plan.waiting.map(({ kind, slug, waitsFor }) => [kind, slug, waitsFor])]).toEqual([
    [],
    [['related-models', 'new', [ref]]],
  ])
})
