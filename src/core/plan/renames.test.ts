import { describe, expect, it } from 'vitest'
import { PlanWorld, type Write } from '../../../test/support/plan-world.ts'
import type { JsonObject } from '../model/json.ts'
import type { FileRef, ResourceKey } from '../model/resource.ts'
import { reconcile } from './reconcile.ts'
import type { Snapshot } from './snapshot.ts'

const USERS: FileRef = { kind: 'parent-models', slug: 'users' }
const PEOPLE: FileRef = { kind: 'parent-models', slug: 'people' }
const JOINED: FileRef = { kind: 'model-relationships', slug: 'users-orders' }

function users(more: JsonObject = {}, ref = USERS): Write {
  return {
    ref,
    value: { name: 'Users', source: 's1', type: 'table', tableName: 'users', primaryKey: 'id', ...more },
  }
}
function joined(from: string, more: JsonObject = {}, ref = JOINED): Write {
  const end = (slug: string) => ({ slug, mergeColumns: false })
  const mapping = [{ fromColumn: 'id', toColumn: 'id' }]
  return { ref, value: { from: end(from), to: end('orders'), cardinality: '1:1', mapping, ...more } }
}
const orders: Write = {
  ref: { kind: 'related-models', slug: 'orders' },
  value: { name: 'Orders', source: 's1', type: 'table', tableName: 'orders' },
}

function synced(): PlanWorld {
  const world = new PlanWorld()
  world.save([users(), orders, joined('users')])
  world.sync()
  return world
}

/** Ids and what refers to what, on the workspace's side. */
function held(world: PlanWorld): Record<string, unknown> {
  return Object.fromEntries(
    [...world.workspace.values()].map(({ id, ref, value }) => {
      const from = value.from as { slug: string } | undefined
      return [`${ref.kind}:${ref.slug}`, from ? `${id} from ${from.slug}` : id]
    }),
  )
}

function entries(snapshot: Snapshot) {
  const { inbound, outbound, conflicts } = reconcile(snapshot).plan
  const words = (list: readonly { slug: string; change: string; from?: string }[]) =>
    list.map(({ slug, change, from }) => [slug, change, ...(from === undefined ? [] : [from])].join(' '))
  return { inbound: words(inbound), outbound: words(outbound), conflicts: words(conflicts) }
}

describe('a rename in Git', () => {
  it('[S18] keeps the id; what refers to it follows, and its file is told of the old name', () => {
    const world = synced()
    const before = held(world)
    world.moveFile(USERS, { slug: 'people' })
    expect(entries(world.snapshot())).toEqual({
      inbound: ['people renamed users', 'users-orders changed'],
      outbound: [],
      conflicts: [],
    })
    const { problems } = world.sync().reconciliation
    expect(held(world)).toEqual({
      'parent-models:people': before['parent-models:users'],
      'related-models:orders': before['related-models:orders'],
      'model-relationships:users-orders': 'id-3 from people',
    })
    expect(problems.map(({ file, detail }) => [file, detail.kind === 'finding' && detail.finding])).toEqual([
      [
        'schema/model-relationships/users-orders.yaml',
        {
          code: 'forwarded-reference',
          severity: 'warning',
          message: '`users` is the old name of the parent model `people`.',
          hint: 'Change it to `people`, or let Tandem mend every file that uses an old name.',
          path: ['from', 'slug'],
          at: 'value',
        },
      ],
    ])
    expect(entries(world.snapshot())).toEqual({ inbound: [], outbound: [], conflicts: [] })
  })

  it('[S18] is equal values, or another `name` alone, of one kind, and the only such pair', () => {
    const renamed = (change: (world: PlanWorld) => void) => {
      const world = synced()
      world.push([{ ref: JOINED, value: null }])
      change(world)
      return entries(world.snapshot()).inbound.filter((line) => !line.startsWith('users-orders'))
    }
    expect([
      renamed((world) => world.moveFile(USERS, { slug: 'people', name: 'People' })),
      renamed((world) => world.push([{ ref: USERS, value: null }, users({ tableName: 'people' }, PEOPLE)])),
      renamed((world) =>
        world.push([{ ref: USERS, value: null }, users({}, { kind: 'related-models', slug: 'people' })]),
      ),
      renamed((world) =>
        world.push([
          { ref: USERS, value: null },
          users({}, PEOPLE),
          users({}, { ...PEOPLE, slug: 'clients' }),
        ]),
      ),
      // A file that was there before is not new, nor is one that the workspace has.
      renamed((world) => {
        world.save([users({}, PEOPLE)])
        world.moveFile(USERS, { slug: 'people' })
      }),
    ]).toEqual([
      ['people renamed users'],
      ['users removed', 'people added'],
      ['users removed', 'people added'],
      ['users removed', 'clients added', 'people added'],
      ['users removed'],
    ])
  })

  it('[S18] merges with an edit of the app, which goes out under the new name', () => {
    const world = synced()
    world.save([users({ description: 'ours' })])
    world.moveFile(USERS, { slug: 'people' })
    const { drafts } = world.sync()
    expect(
      drafts.map(({ subject, writes }) => [subject, writes.map(({ path, from }) => [from, path])]),
    ).toEqual([
      [
        'Update parent model Users: description',
        [['schema/parent-models/people.yaml', 'schema/parent-models/people.yaml']],
      ],
    ])
  })

  it('[S18] takes along what the app related to the old name or edited meanwhile', () => {
    const world = synced()
    const other = { ...JOINED, slug: 'again' }
    world.save([joined('users', { cardinality: '1:many' }), joined('users', {}, other)])
    world.moveFile(USERS, { slug: 'people' })
    world.sync()
    expect(held(world)).toMatchObject({
      'model-relationships:users-orders': 'id-3 from people',
      'model-relationships:again': 'id-5 from people',
    })
    const written = [...world.files.values()].flatMap(({ value }) => (value.from ? [value] : []))
    expect(written.map(({ from, cardinality }) => [(from as { slug: string }).slug, cardinality])).toEqual([
      ['people', '1:many'],
      ['people', '1:1'],
    ])
    expect([...world.forwards]).toEqual([])
  })

  it('[S18] in a chain leads from the first name to the last; back again nothing is left of it', () => {
    const world = synced()
    for (const [from, to] of [
      ['users', 'people'],
      ['people', 'clients'],
    ] as const) {
      world.moveFile({ ...USERS, slug: from }, { slug: to })
      world.sync()
    }
    expect([held(world)['model-relationships:users-orders'], [...world.forwards.keys()]]).toEqual([
      'id-3 from clients',
      ['parent-models:users' satisfies ResourceKey],
    ])
    world.moveFile({ ...USERS, slug: 'clients' }, { slug: 'users' })
    world.sync()
    expect([held(world)['model-relationships:users-orders'], [...world.forwards.keys()]]).toEqual([
      'id-3 from users',
      [],
    ])
  })

  it('[S18] of what the app gave another name is a conflict; to the same name it has converged', () => {
    const apart = synced()
    apart.rename(USERS, 'clients')
    apart.moveFile(USERS, { slug: 'people' })
    const { plan } = reconcile(apart.snapshot())
    expect([
      plan.conflicts.map(({ slug, reason }) => [slug, reason]),
      plan.waiting.map(({ slug }) => slug),
    ]).toEqual([[['clients', 'Both sides renamed it: clients here, people in Git']], ['users-orders']])
    const alike = synced()
    alike.rename(USERS, 'people')
    alike.moveFile(USERS, { slug: 'people', follow: true })
    alike.sync()
    expect(entries(alike.snapshot())).toEqual({ inbound: [], outbound: [], conflicts: [] })
    expect([...alike.base.values()].map(({ ref }) => ref.slug)).toContain('people')
  })

  it('[S18] of what the app deleted, and the other way round, deletes it on both sides', () => {
    const ours = synced()
    ours.save([
      { ref: JOINED, value: null },
      { ref: USERS, value: null },
    ])
    ours.moveFile(USERS, { slug: 'people' })
    ours.sync()
    const theirs = synced()
    theirs.rename(USERS, 'people')
    theirs.push([
      { ref: JOINED, value: null },
      { ref: USERS, value: null },
    ])
    theirs.sync()
    const path = 'schema/related-models/orders.yaml'
    expect([ours, theirs].map((world) => [Object.keys(held(world)), [...world.files.keys()]])).toEqual([
      [['related-models:orders'], [path]],
      [['related-models:orders'], [path]],
    ])
  })

  it('[S18] [S8] and its old name taken in the app: files that say it are mended first', () => {
    const world = synced()
    world.moveFile(USERS, { slug: 'people' })
    world.sync()
    world.save([users({ tableName: 'others' })])
    expect(world.sync().drafts.map(({ subject }) => subject)).toEqual([
      'Mend references to users, now people',
      'Add parent model Users',
    ])
    expect([held(world)['model-relationships:users-orders'], [...world.forwards]]).toEqual([
      'id-3 from people',
      [],
    ])
  })

  it('[S18] is mended when somebody asks, by files whose old names alone change', () => {
    const world = synced()
    world.moveFile(USERS, { slug: 'people' })
    world.sync()
    const { drafts, reconciliation } = world.sync(false, true)
    expect(reconciliation.plan.outbound.map(({ slug, fields }) => [slug, fields])).toEqual([
      ['users-orders', [{ path: '/from/slug', before: 'users', after: 'people' }]],
    ])
    expect(drafts.map(({ subject }) => subject)).toEqual(['Mend references to users, now people'])
    expect([[...world.forwards], world.sync(false, true).drafts]).toEqual([[], []])
  })
})

describe('a rename in the app', () => {
  it('[S18] takes along what Git related to the old name meanwhile, in one commit with it', () => {
    const world = synced()
    world.rename(USERS, 'people')
    world.push([joined('users', {}, { ...JOINED, slug: 'again' })])
    world.sync()
    expect(held(world)).toMatchObject({ 'model-relationships:again': 'id-4 from people' })
    expect(entries(world.snapshot())).toEqual({ inbound: [], outbound: [], conflicts: [] })
  })

  it('[S18] [S9] waits for the name of a file that is not imported', () => {
    const world = synced()
    world.push([users({ source: 's9' }, PEOPLE)])
    world.sync()
    world.rename(USERS, 'people')
    const { drafts, reconciliation } = world.sync()
    const reasons = reconciliation.plan.waiting.map(({ slug, reason }) => [slug, reason])
    expect([drafts, reasons[0]]).toEqual([
      [],
      ['people', 'It needs parent-models/people, which cannot go yet'],
    ])
  })
})

describe('a name that another resource takes', () => {
  const RETURNS: FileRef = { kind: 'related-models', slug: 'returns' }
  const BACK: FileRef = { kind: 'model-relationships', slug: 'returns-users' }
  const related = (slug: string, table = slug): Write => ({
    ref: { kind: 'related-models', slug },
    value: { name: slug, source: 's1', type: 'table', tableName: table },
  })
  const back = (more: JsonObject = {}): Write => {
    const end = (slug: string) => ({ slug, mergeColumns: false })
    const mapping = [{ fromColumn: 'id', toColumn: 'id' }]
    return {
      ref: BACK,
      value: { from: end('returns'), to: end('users'), cardinality: '1:1', mapping, ...more },
    }
  }
  const withReturns = () => {
    const world = new PlanWorld()
    world.save([users(), orders, joined('users'), related('returns'), back()])
    world.sync()
    return world
  }
  const replaceOrders: Write[] = [
    { ref: orders.ref, value: null },
    users({ tableName: 'orders' }, { kind: 'parent-models', slug: 'orders' }),
  ]
  const replaceUsers: Write[] = [{ ref: USERS, value: null }, related('users')]
  /** One run: what flows, what does not and why. */
  const run = (world: PlanWorld) => {
    const { inbound, outbound, conflicts, waiting } = world.sync().reconciliation.plan
    const names = (list: readonly FileRef[]) => list.map(({ kind, slug }) => `${kind}/${slug}`)
    const reasons = (list: readonly (FileRef & { readonly reason: string })[]) =>
      Object.fromEntries(list.map((entry) => [names([entry])[0], entry.reason]))
    const still = { conflicts: reasons(conflicts), waiting: reasons(waiting) }
    return { inbound: names(inbound), outbound: names(outbound), ...still }
  }
  const REST = { inbound: [], outbound: [], conflicts: {}, waiting: {} }

  it('[S28] keeps a save back that means what Git deleted, though its name means another there', () => {
    const world = withReturns()
    world.push([{ ref: USERS, value: null }])
    world.save([joined('users', { cardinality: '1:many' })])
    world.moveFile(RETURNS, { slug: 'users' })
    const first = run(world)
    expect(first).toEqual({
      ...REST,
      conflicts: {
        'parent-models/users':
          "It does not go together with the other side's change of model-relationships/users-orders",
      },
      waiting: {
        'model-relationships/users-orders': 'It needs parent-models/users, which cannot go yet',
        'related-models/users': 'It needs parent-models/users, which cannot go yet',
        'model-relationships/returns-users': 'It needs related-models/returns, which cannot go yet',
      },
    })
    expect(run(world)).toEqual(first)
  })

  it('[S18] [S28] makes a reference wait for what its name means in Git, where it means another one here', () => {
    const world = withReturns()
    world.moveFile(USERS, { slug: 'people' })
    world.rename(RETURNS, 'people')
    world.push([related('users')])
    const first = run(world)
    expect(first).toEqual({
      ...REST,
      conflicts: {
        'parent-models/users': 'Another resource has the name people here: rename one of the two',
      },
      waiting: {
        'related-models/people': 'It needs parent-models/users, which cannot go yet',
        'model-relationships/users-orders': 'It needs related-models/users, which cannot go yet',
        'model-relationships/returns-users': 'Saved together with a change that waits',
        'related-models/users': 'It needs parent-models/users, which cannot go yet',
      },
    })
    expect(run(world)).toEqual(first)
  })

  it('[S18] stops no reference that follows a rename and means that one here already', () => {
    const world = withReturns()
    world.save(replaceOrders)
    world.moveFile(USERS, { slug: 'people' })
    expect(run(world)).toEqual({
      ...REST,
      inbound: [
        'parent-models/people',
        'model-relationships/users-orders',
        'model-relationships/returns-users',
      ],
      outbound: ['related-models/orders', 'parent-models/orders'],
    })
    expect(run(world)).toEqual(REST)
  })

  it('[S28] keeps a deletion back while Git relates something new to what another replaces here', () => {
    const world = withReturns()
    world.push([joined('users', {}, { ...JOINED, slug: 'again' })])
    world.save(replaceOrders)
    const first = run(world)
    expect(first).toEqual({
      ...REST,
      conflicts: {
        'model-relationships/again':
          "It does not go together with the other side's change of related-models/orders",
      },
      waiting: {
        'related-models/orders': 'It needs model-relationships/again, which cannot go yet',
        'parent-models/orders': 'It needs related-models/orders, which cannot go yet',
      },
    })
    expect(run(world)).toEqual(first)
  })

  it('[S5] [S18] leaves what is in conflict with the resource that it was agreed on for', () => {
    const world = withReturns()
    world.push([{ ...users({ tableName: 'others' }), ref: { kind: 'parent-models', slug: 'returns' } }])
    world.moveFile(RETURNS, { slug: 'refunds' })
    world.save([{ ref: BACK, value: null }])
    const conflicts = { 'model-relationships/returns-users': 'One side deleted it, the other changed it' }
    expect(run(world)).toEqual({
      ...REST,
      inbound: ['related-models/refunds', 'parent-models/returns'],
      conflicts,
    })
    expect(run(world)).toEqual({ ...REST, conflicts })
  })

  it('[S6] [S18] waits for what refers to it here and cannot follow, as its file is not imported', () => {
    const world = withReturns()
    const parents = (slug: string, source: string) =>
      users({ source, tableName: slug }, { kind: 'parent-models', slug })
    world.push([parents('returns', 's1'), parents('stores', 's9')])
    world.moveFile(RETURNS, { slug: 'refunds' })
    world.push([back({ to: { slug: 'stores', mergeColumns: false } })])
    expect(run(world)).toEqual({
      ...REST,
      waiting: {
        'related-models/refunds': 'It needs model-relationships/returns-users, which cannot go yet',
        'parent-models/returns': 'It needs related-models/returns, which cannot go yet',
      },
    })
    expect(held(world)).toMatchObject({
      'related-models:returns': 'id-4',
      'model-relationships:returns-users': 'id-5 from returns',
    })
    world.push([back()])
    world.sync()
    expect(held(world)).toMatchObject({
      'related-models:refunds': 'id-4',
      'parent-models:returns': 'id-6',
      'model-relationships:returns-users': 'id-5 from returns',
    })
  })

  it('[S6] [S18] waits for what refers to it in Git and cannot go out, as what it was saved with is pending', () => {
    const world = withReturns()
    world.push([{ ref: orders.ref, value: { ...orders.value, source: 's9' } }])
    world.save([
      { ref: orders.ref, value: { ...orders.value, description: 'ours' } },
      back({ from: { slug: 'orders', mergeColumns: false } }),
    ])
    world.rename(RETURNS, 'refunds')
    world.save([users({ tableName: 'returns' }, { kind: 'parent-models', slug: 'returns' })])
    expect(run(world)).toEqual({
      ...REST,
      waiting: {
        'model-relationships/returns-users': 'Saved together with a change that waits',
        'related-models/refunds': 'It needs model-relationships/returns-users, which cannot go yet',
        'parent-models/returns': 'It needs related-models/refunds, which cannot go yet',
      },
    })
  })

  it('[S8] [S14] is not agreed on while the file of the one that had it is gone without having been applied', () => {
    const world = withReturns()
    world.rename(RETURNS, 'refunds')
    world.push([{ ref: RETURNS, value: null }])
    world.save([users({ tableName: 'returns' }, { kind: 'parent-models', slug: 'returns' })])
    expect(run(world)).toEqual({
      ...REST,
      waiting: {
        'related-models/refunds': 'The last commit has an error; nothing comes in until it is mended',
        'parent-models/returns': 'It needs related-models/refunds, which cannot go yet',
      },
    })
    world.revert()
    expect(run(world)).toEqual({
      ...REST,
      outbound: ['related-models/refunds', 'model-relationships/returns-users', 'parent-models/returns'],
    })
  })

  it('[S5] [S28] is told as such, and both renames go through once one of the two has another name', () => {
    const world = withReturns()
    world.rename(RETURNS, 'people')
    world.moveFile(USERS, { slug: 'people' })
    const { conflicts, inbound, outbound } = run(world)
    expect({ conflicts, inbound, outbound }).toEqual({
      conflicts: {
        'parent-models/users': 'Another resource has the name people here: rename one of the two',
      },
      inbound: [],
      outbound: [],
    })
    world.rename({ ...RETURNS, slug: 'people' }, 'refunds')
    world.sync()
    expect(held(world)).toEqual({
      'parent-models:people': 'id-1',
      'related-models:orders': 'id-2',
      'model-relationships:users-orders': 'id-3 from people',
      'related-models:refunds': 'id-4',
      'model-relationships:returns-users': 'id-5 from refunds',
    })
    expect(run(world)).toEqual(REST)
  })

  it('[S5] [S18] by a side that is taken keeps what the others agreed on', () => {
    const world = withReturns()
    world.push([back({ cardinality: '1:many' }), joined('users', {}, { ...JOINED, slug: 'again' })])
    world.rename(RETURNS, 'people')
    world.moveFile(USERS, { slug: 'people', follow: true })
    world.moveFile({ kind: 'related-models', slug: 'orders' }, { slug: 'users' })
    const taken: string[] = []
    for (let i = 0; i < 6; i++) {
      const [conflict] = world.sync().reconciliation.plan.conflicts
      if (!conflict) break
      world.resolve(conflict, 'workspace')
      taken.push(`${conflict.kind}/${conflict.slug}`)
    }
    // The relationship, which Git alone changed, is in no conflict.
    expect(taken).toEqual(['parent-models/users', 'related-models/orders'])
    const files = [...world.files.values()].map(({ path, value }) => {
      const [from, to] = [value.from, value.to].map((end) => (end as { slug: string } | undefined)?.slug)
      return from ? `${path} ${from}-${to} ${value.cardinality}` : path
    })
    expect(files.sort()).toEqual([
      'schema/model-relationships/again.yaml users-orders 1:1',
      'schema/model-relationships/returns-users.yaml people-users 1:many',
      'schema/model-relationships/users-orders.yaml users-orders 1:1',
      'schema/parent-models/users.yaml',
      'schema/related-models/orders.yaml',
      'schema/related-models/people.yaml',
    ])
    expect(run(world)).toEqual(REST)
  })

  it('[S2] [S5] [S18] is given back by the workspace; files that are not written by it are agreed on anew', () => {
    const world = synced()
    world.moveFile(orders.ref, { slug: 'sales' })
    world.save([users({ name: 'Sales' }, { kind: 'parent-models', slug: 'sales' })])
    const [conflict] = world.sync(true).reconciliation.plan.conflicts
    if (conflict) world.resolve(conflict, 'workspace')
    expect(world.sync().drafts.map(({ subject }) => subject)).toEqual([
      'Rename related model sales to orders; add 1 model',
    ])
    const agreed = [...world.base.values()].map(({ ref, value }) => [ref.slug, value.to])
    expect(Object.fromEntries(agreed)['users-orders']).toEqual({ slug: 'orders', mergeColumns: false })
    expect([run(world), world.queue]).toEqual([REST, []])
  })

  it('[S8] [S18] by a new resource under the old name waits while a file that uses it cannot be mended', () => {
    const world = synced()
    world.moveFile(USERS, { slug: 'people' })
    world.sync()
    world.save([users({ name: 'Others' })])
    // A second file of one name: the commit is in error, nothing comes in.
    world.push([{ ref: { kind: 'parent-models', slug: 'orders' }, value: users({ source: 's9' }).value }])
    const { reconciliation, drafts } = world.sync()
    expect([reconciliation.plan.stopped, drafts]).toEqual([true, []])
    expect(reconciliation.plan.waiting.map(({ slug, direction }) => `${direction} ${slug}`)).toEqual([
      'outbound users',
    ])
    world.revert()
    world.sync()
    world.sync()
    expect(world.files.get('schema/model-relationships/users-orders.yaml')?.value.from).toEqual({
      slug: 'people',
      mergeColumns: false,
    })
    expect(run(world)).toEqual(REST)
  })

  it('[S7] [S8] [S18] between two saves alone never has it in Git while a file means another by it', () => {
    const world = synced()
    world.moveFile(USERS, { slug: 'people' })
    world.sync()
    world.save([users({ name: 'Others' }), related('returns')])
    world.rename(USERS, 'others')
    expect(world.sync().drafts.map(({ subject }) => subject)).toEqual([
      'Add related model returns',
      'Add parent model Others',
    ])
    expect([...world.files.keys()].filter((path) => path.includes('parent-models')).sort()).toEqual([
      'schema/parent-models/others.yaml',
      'schema/parent-models/people.yaml',
    ])
    expect([[...world.forwards.keys()], run(world)]).toEqual([['parent-models:users'], REST])
  })

  it('[S6] [S18] of what Git deleted meanwhile keeps no rename waiting', () => {
    const world = synced()
    world.push([
      { ref: USERS, value: null },
      { ref: { kind: 'related-models', slug: 'users' }, value: { ...orders.value, name: 'Users' } },
      joined('orders', { to: { slug: 'users', mergeColumns: false } }, { ...JOINED, slug: 'back' }),
      { ref: JOINED, value: null },
    ])
    world.rename(orders.ref, 'sales')
    const { reconciliation, drafts } = world.sync()
    expect(reconciliation.plan.waiting).toEqual([])
    expect(drafts.map(({ subject }) => subject)).toEqual([
      'Rename related model orders to sales; update 1 relationship',
    ])
    expect(run(world)).toEqual(REST)
  })

  it('[S3] [S6] in Git makes no conflict with what was saved here alike', () => {
    const world = withReturns()
    const again = joined('users', {}, { ...JOINED, slug: 'again' })
    world.save([again])
    world.push([...replaceUsers, again])
    expect(run(world)).toEqual({ ...REST, inbound: ['parent-models/users', 'related-models/users'] })
    expect(run(world)).toEqual(REST)
  })

  it('[S6] [S18] in Git makes no conflict with what only follows a rename of another here', () => {
    const inGit = [[], [{ ref: orders.ref, value: null }, related('sales')]]
    const runs = inGit.flatMap((more) =>
      // A new one under the old name has the file that uses it mended.
      [[], [users({}, { kind: 'parent-models', slug: 'orders' })]].map((saved) => {
        const world = withReturns()
        world.rename(orders.ref, 'sales')
        world.save(saved)
        world.push([...replaceUsers, ...more])
        return [run(world).conflicts, run(world)]
      }),
    )
    expect(runs).toEqual([1, 2, 3, 4].map(() => [{}, REST]))
  })

  it('[S6] [S18] given on both sides alike keeps nothing waiting for a file that is not imported', () => {
    const world = withReturns()
    world.push([{ ...orders, value: { ...orders.value, source: 's9' } }])
    world.rename(USERS, 'people')
    world.moveFile(USERS, { slug: 'people' })
    world.save([{ ref: BACK, value: null }])
    expect(run(world)).toEqual({ ...REST, outbound: ['model-relationships/returns-users'] })
    expect(run(world)).toEqual(REST)
  })

  it('[S6] [S18] keeps a model of another kind waiting that takes the name that it had, alike in every run', () => {
    const world = synced()
    world.rename(orders.ref, 'sales')
    world.push([
      { ref: orders.ref, value: null },
      users({}, { kind: 'parent-models', slug: 'orders' }),
      users({ source: 's9' }),
    ])
    const waiting = {
      'related-models/sales': 'It needs model-relationships/users-orders, which cannot go yet',
      'parent-models/orders': 'It needs related-models/sales, which cannot go yet',
    }
    expect([run(world), run(world)]).toEqual([
      { ...REST, waiting },
      { ...REST, waiting },
    ])
  })

  it('[S6] [S5] asks about a deletion here of what means another model in Git now, alike in every run', () => {
    const world = synced()
    world.save([JOINED, orders.ref].map((ref) => ({ ref, value: null })))
    world.moveFile(orders.ref, { slug: 'sales' })
    world.push([users({}, { kind: 'parent-models', slug: 'orders' })])
    const asked = {
      ...REST,
      conflicts: { 'model-relationships/users-orders': 'One side deleted it, the other changed it' },
      waiting: {
        'parent-models/orders': 'It needs related-models/sales, which cannot go yet',
        'related-models/orders': 'Saved together with a change that waits',
      },
    }
    expect([run(world), run(world)]).toEqual([asked, asked])
  })
})
