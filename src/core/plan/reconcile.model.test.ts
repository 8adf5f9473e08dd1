import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { relatedWorld } from '../../../test/support/plan-models.ts'
import { faults, PlanWorld, type Write, worldOf } from '../../../test/support/plan-world.ts'
import { classifyPath } from '../format/classify.ts'
import { type FileRef, type ResourceKey, resourceKey } from '../model/resource.ts'
import type { ConflictEntry, WaitingEntry } from './plan.ts'
import { severityOf } from './problem.ts'
import type { Reconciliation } from './reconcile.ts'

/** Few names and values, so that both sides meet. */
const models = ['a', 'b', 'c', 'd']
const model: fc.Arbitrary<Write> = fc
  .record({
    kind: fc.constantFrom('parent-models' as const, 'related-models' as const),
    slug: fc.constantFrom(...models),
    description: fc.constantFrom('one', 'two', 'three'),
    source: fc.constantFrom('s1', 's1', 's1', 's2', 's9'),
    isGone: fc.boolean(),
  })
  .map(({ kind, slug, description, source, isGone }) => {
    const key = kind === 'parent-models' ? { primaryKey: 'id' } : {}
    const value = { name: slug, source, description, type: 'table', tableName: 't', ...key }
    return { ref: { kind, slug }, value: isGone ? null : value }
  })
const relationship: fc.Arbitrary<Write> = fc
  .record({
    from: fc.constantFrom(...models),
    to: fc.constantFrom(...models),
    many: fc.boolean(),
    isGone: fc.boolean(),
  })
  .map(({ from, to, many, isGone }) => {
    const end = (slug: string) => ({ slug, mergeColumns: false })
    const mapping = [{ fromColumn: 'id', toColumn: 'id' }]
    const value = { from: end(from), to: end(to), cardinality: many ? '1:many' : '1:1', mapping }
    return { ref: { kind: 'model-relationships', slug: `${from}-${to}` }, value: isGone ? null : value }
  })
const writes = fc.uniqueArray(fc.oneof({ weight: 3, arbitrary: model }, relationship), {
  minLength: 1,
  maxLength: 3,
  selector: ({ ref }) => resourceKey(ref),
})
const aModel = fc.record({
  kind: fc.constantFrom('parent-models' as const, 'related-models' as const),
  slug: fc.constantFrom(...models),
})
const step = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('rename' as const),
      ref: aModel,
      to: fc.constantFrom(...models, 'e'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      ref: aModel,
      to: fc.record(
        {
          slug: fc.constantFrom(...models, 'e'),
          folder: fc.constantFrom('x', 'y'),
          follow: fc.boolean(),
          name: fc.constantFrom('one', 'two'),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('save' as const), writes }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), writes, style: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('sync' as const), lost: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('resolve' as const),
      take: fc.constantFrom('git' as const, 'workspace' as const),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Empty on both sides, or with models that relationships join. */
function start(isRelated: boolean): PlanWorld {
  if (isRelated) return relatedWorld()
  const world = new PlanWorld()
  world.sync()
  return world
}

function act(world: PlanWorld, action: Step): void {
  switch (action.kind) {
    case 'save':
      world.save(action.writes)
      return
    case 'push':
      world.push(action.writes.map((write) => ({ ...write, style: action.style })))
      return
    case 'rename':
      world.rename(action.ref, action.to)
      return
    case 'move':
      world.moveFile(action.ref, action.to)
      return
    case 'sync':
      checkedSync(world, action.lost)
      return
    case 'resolve':
      resolveOne(world, action.take)
  }
}

/** False: there is no conflict, or none that can be settled by this side. */
function resolveOne(world: PlanWorld, take: 'git' | 'workspace'): boolean {
  const { conflicts } = world.sync(true).reconciliation.plan
  return conflicts.some((conflict) => world.resolve(conflict, take))
}

/** One run with what must hold after each: both sides valid, and every difference accounted for. */
function checkedSync(world: PlanWorld, lost: boolean): boolean {
  const { reconciliation } = world.sync(lost)
  expect([...faults(worldOf(world.workspace.values()), world.sources)]).toEqual([])
  if (lost || reconciliation.plan.stopped) return reconciliation.plan.stopped
  const { conflicts, waiting, aside, pending } = reconciliation.plan
  const accounted = new Set([...conflicts, ...waiting, ...aside, ...pending].flatMap(namesOf))
  const files = new Map(world.reading().map((file) => [resourceKey(file.ref), file.value]))
  const ours = new Map([...world.workspace.values()].map((entry) => [resourceKey(entry.ref), entry.value]))
  // What was renamed in the app is told by the name that it has in Git.
  for (const { id, ref } of world.workspace.values()) {
    const base = world.base.get(id)
    if (base && accounted.has(resourceKey(base.ref))) accounted.add(resourceKey(ref))
  }
  for (const key of new Set([...files.keys(), ...ours.keys()])) {
    if (!accounted.has(key)) expect([key, ours.get(key)]).toEqual([key, files.get(key)])
  }
  return false
}

/** What a conflict is about: its values are told by the names of the workspace, which a rename that came in changed. */
function gist({ kind, slug, reason, fields, causes }: ConflictEntry) {
  return { kind, slug, reason, causes, fields: fields.map(({ path }) => path) }
}

/**
 * The same of what waits: the value before is told by the names that are agreed on. Of several things that it
 * waits for one is told, and what only followed a rename that came in is not waited for any more.
 */
function told({ fields, waitsFor: _, reason: __, ...entry }: WaitingEntry) {
  return { ...entry, fields: fields.map(({ path, after }) => ({ path, after })) }
}

function namesOf(entry: FileRef & { readonly path: string | null; readonly from?: string }): ResourceKey[] {
  const { kind, slug, from = slug, path } = entry
  const file = path === null ? null : classifyPath(path)
  return [slug, from, file?.kind === 'resource' ? file.ref.slug : slug].map((name) =>
    resourceKey({ kind, slug: name }),
  )
}

/** Edits stop: faults are mended, the unknown source appears, conflicts are settled. */
function comeToRest(world: PlanWorld, take: 'git' | 'workspace'): void {
  const other = take === 'git' ? 'workspace' : 'git'
  world.sources = new Set(['s1', 's2', 's9'])
  for (let round = 0; round < 40; round++) {
    const { reconciliation } = world.sync()
    const { stopped, aside } = reconciliation.plan
    const isFaulty = stopped || aside.length > 0
    // The last good versions of two files may themselves exclude each other: then the one that is named has to go.
    if (round >= 20 && isFaulty)
      world.takeOut([...errorFiles(reconciliation), ...aside.map(({ path }) => path)])
    else if (isFaulty) world.revert()
    // Settled by one side where that is possible, else by the other, each for a while: they undo each other.
    else if (!resolveOne(world, round < 14 || round >= 28 ? take : other) && isEqual(world)) return
  }
}

/** Every file says the names that resources have. */
function isWritten(world: PlanWorld): boolean {
  return world.reading().every(({ ref, value }) => {
    const file = [...world.files.values()].find((other) => resourceKey(other.ref) === resourceKey(ref))
    return JSON.stringify(file?.value) === JSON.stringify(value)
  })
}

function errorFiles({ problems }: Reconciliation): string[] {
  return problems.filter((problem) => severityOf(problem) === 'error').map(({ file }) => file)
}

function isEqual(world: PlanWorld): boolean {
  const sides = [world.reading(), world.workspace.values()].map((side) =>
    [...side]
      .map(({ ref, value }) => `${resourceKey(ref)} ${JSON.stringify(Object.entries(value).sort())}`)
      .sort(),
  )
  return JSON.stringify(sides[0]) === JSON.stringify(sides[1])
}

const runs = Number(process.env.TANDEM_PROPERTY_RUNS ?? 1000)

/** No test asserts speed: thousands of sequences take seconds, or minutes on a machine that does more. */
const WITHIN = { timeout: 300 * Math.max(runs, 1000) }

describe('both sides edited at random, synced at random', WITHIN, () => {
  it('[S6] [S8] [S28] stay valid, lose nothing and converge once edits stop', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 14 }),
        fc.constantFrom('git' as const, 'workspace' as const),
        fc.boolean(),
        (steps, take, isRelated) => {
          const world = start(isRelated)
          for (const action of steps) act(world, action)
          comeToRest(world, take)
          expect(isEqual(world)).toBe(true)
          for (const isMending of [true, false]) world.sync(false, isMending)
          expect([isEqual(world), isWritten(world), [...world.forwards]]).toEqual([true, true, []])
          expect(world.sync().drafts).toEqual([])
        },
      ),
      { numRuns: runs },
    )
  })

  it('[S6] [S14] a deleted model whose slug another kind takes in Git waits, and is gone once its file is', () => {
    const value = (source: string) => ({ name: 'c', source, type: 'table', tableName: 't' })
    const related = { kind: 'related-models', slug: 'c' } as const
    const parent = { kind: 'parent-models', slug: 'c' } as const
    const world = new PlanWorld()
    world.sync()
    world.save([{ ref: related, value: value('s1') }])
    world.sync()
    world.push([{ ref: related, value: value('s9') }])
    world.sync()
    world.save([{ ref: related, value: null }])
    world.push([{ ref: parent, value: { ...value('s1'), primaryKey: 'id' } }])
    comeToRest(world, 'git')
    expect([...world.files.keys()]).toEqual(['schema/parent-models/c.yaml'])
    expect([...world.workspace.values()].map(({ ref }) => ref)).toEqual([parent])
  })

  it('[S6] give the same plan again without what was applied', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, isRelated) => {
        const world = start(isRelated)
        for (const action of steps) act(world, action)
        const { reconciliation } = world.sync()
        if (reconciliation.plan.stopped) return
        const { conflicts, waiting, aside, pending } = reconciliation.plan
        const again = world.sync().reconciliation.plan
        // What went out may be what a file that was left aside refers to: it comes in, or waits for something else.
        const unread = new Set([...aside, ...pending].map(resourceKey))
        const left = new Set([...unread, ...waiting.map(resourceKey)])
        expect(again.inbound.filter((entry) => !left.has(resourceKey(entry)))).toEqual([])
        if (again.inbound.length > 0) return
        expect([again.outbound, again.converged]).toEqual([[], []])
        const readable = (entries: readonly WaitingEntry[]) =>
          entries.filter((entry) => !unread.has(resourceKey(entry))).map(told)
        expect([again.conflicts.map(gist), readable(again.waiting)]).toEqual([
          conflicts.map(gist),
          readable(waiting),
        ])
      }),
      { numRuns: runs },
    )
  })
})
