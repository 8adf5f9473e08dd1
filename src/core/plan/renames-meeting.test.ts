import { describe, expect, it } from 'vitest'
import { joined, parentModel, relatedModel, relatedWorld } from '../../../test/support/plan-models.ts'
import { PlanWorld } from '../../../test/support/plan-world.ts'

const A = { kind: 'parent-models', slug: 'a' } as const
const B = { kind: 'related-models', slug: 'b' } as const
const C = { kind: 'related-models', slug: 'c' } as const

/** What the files of relationships say, and the models that there are. */
function inGit(world: PlanWorld): string[] {
  return [...world.files.values()].map(({ ref, value }) => told(ref, value)).sort()
}

function here(world: PlanWorld): string[] {
  return [...world.workspace.values()].map(({ ref, value }) => told(ref, value)).sort()
}

function told(ref: { kind: string; slug: string }, value: object): string {
  const { from, to } = value as { from?: { slug: string }; to?: { slug: string } }
  return from && to ? `${from.slug} to ${to.slug}` : `${ref.kind}/${ref.slug}`
}

/** What one run says of changes that do not go through, with why. */
function toldOf(world: PlanWorld) {
  const { conflicts, waiting } = world.sync().reconciliation.plan
  const words = (list: readonly { slug: string; reason: string }[]) =>
    list.map(({ slug, reason }) => [slug, reason])
  return { conflicts: words(conflicts), waiting: words(waiting) }
}

describe('a rename that meets another change', () => {
  it('[S5] [S7] [S18] settled by Git, takes along what was saved with the name that it had here', () => {
    const world = relatedWorld()
    world.rename(A, 'd')
    world.save([parentModel('a', 't')])
    world.moveFile(A, { slug: 'e' })
    const { conflicts } = world.sync().reconciliation.plan
    expect(conflicts.map(({ slug, reason }) => [slug, reason])).toEqual([
      ['d', 'Both sides renamed it: d here, e in Git'],
    ])
    for (const conflict of conflicts) world.resolve(conflict, 'git')
    const { drafts } = world.sync()
    const all = [
      'c to e',
      'e to b',
      'parent-models/a',
      'parent-models/e',
      'related-models/b',
      'related-models/c',
    ]
    expect([drafts.map(({ subject }) => subject), inGit(world), here(world), world.queue]).toEqual([
      ['Update 2 relationships', 'Add parent model a'],
      all,
      all,
      [],
    ])
  })

  it('[S6] [S18] goes out alone, while what Git relates to another model waits, and makes no conflict of it', () => {
    const world = relatedWorld()
    world.push([{ ...relatedModel('b'), value: { ...relatedModel('b').value, source: 's9' } }])
    world.moveFile(A, { slug: 'b', follow: true })
    world.push([parentModel('a', 't')])
    world.rename(A, 'e')
    const waiting = [
      ['a-b', 'It needs parent-models/b, which cannot go yet'],
      ['c-a', 'It needs parent-models/b, which cannot go yet'],
      ['b', 'It needs related-models/b, which cannot go yet'],
    ]
    expect([toldOf(world), toldOf(world)]).toEqual([
      { conflicts: [], waiting },
      { conflicts: [], waiting },
    ])
  })

  it('[S8] [S18] is written into files that say the old name before its resource gives way to another kind', () => {
    const world = relatedWorld()
    world.moveFile(C, { slug: 'd' })
    world.sync()
    world.save([{ ...relatedModel('d'), value: null }, parentModel('d')])
    world.sync()
    const all = ['a to b', 'd to a', 'parent-models/a', 'parent-models/d', 'related-models/b']
    expect([inGit(world), here(world), [...world.forwards]]).toEqual([all, all, []])
  })

  it('[S6] [S18] of the same name on both sides is no change that waits', () => {
    const world = relatedWorld()
    world.moveFile(A, { slug: 'e' })
    world.rename(A, 'e')
    world.rename(C, 'a')
    world.push([relatedModel('a', 't'), { ref: B, value: relatedModel('b').value }])
    const plans = [0, 1].map(() => world.sync().reconciliation.plan)
    const waiting = plans.map((plan) =>
      plan.waiting.map(({ slug, fields }) => [slug, ...fields.map(({ path, after }) => [path, after])]),
    )
    expect(waiting[1]).toEqual(waiting[0])
    expect(waiting[0]).toEqual([['a'], ['a-b', ['/from/slug', 'a']], ['c-a', ['/from/slug', 'a']]])
  })

  it('[S6] [S18] of what was made anew here leaves nothing agreed on under the old name', () => {
    const world = relatedWorld()
    world.save([relatedModel('d')])
    world.sync()
    world.moveFile({ ...C, slug: 'd' }, { slug: 'e' })
    world.save([{ ...relatedModel('d'), value: null }])
    world.save([{ ...relatedModel('d'), value: { ...relatedModel('d').value, source: 's2' } }])
    world.sync()
    expect([...world.base.values()].map(({ ref }) => ref.slug)).toEqual(['a', 'b', 'c', 'a-b', 'c-a', 'e'])
    expect([inGit(world), world.sync().reconciliation.plan.converged]).toEqual([here(world), []])
  })

  it('[S5] [S18] settled by Git against a deletion here still leads from the old name to what is made anew', () => {
    const world = relatedWorld()
    world.save([relatedModel('a'), { ref: A, value: null }])
    world.moveFile(A, { slug: 'e', name: 'one' })
    for (const conflict of world.sync().reconciliation.plan.conflicts) world.resolve(conflict, 'git')
    const { aside } = world.sync().reconciliation.plan
    expect([aside, inGit(world), world.sync().reconciliation.plan.converged]).toEqual([[], here(world), []])
  })

  it('[S6] [S18] is not what two lookalikes make of it once one of them has gone in', () => {
    const world = relatedWorld()
    const { value } = parentModel('a')
    world.save([relatedModel('e')])
    world.save([{ ref: A, value: { ...value, description: 'two' } }])
    world.push([
      { ...joined('a', 'b'), value: null },
      { ...joined('c', 'a'), value: null },
      { ref: A, value: null },
      { ref: { ...A, slug: 'd' }, value },
      { ref: { ...A, slug: 'e' }, value },
    ])
    const told = {
      conflicts: [
        ['a', 'One side deleted it, the other changed it'],
        ['e', 'Another resource has the name e here: rename one of the two'],
      ],
      waiting: [
        ['d', 'It needs parent-models/a, parent-models/e, which cannot go yet'],
        ['e', 'It needs parent-models/e, which cannot go yet'],
      ],
    }
    expect([toldOf(world), toldOf(world)]).toEqual([told, told])
  })

  it('[S8] [S18] is written back by the same run into what comes in with a name that is taken here', () => {
    const world = relatedWorld()
    world.moveFile(C, { slug: 'e' })
    world.sync()
    world.save([parentModel('c')])
    world.push([joined('c', 'c')])
    const { drafts } = world.sync()
    expect([drafts.map(({ subject }) => subject), inGit(world)]).toEqual([
      ['Mend references to c, now e', 'Mend references to c, now e', 'Add parent model c'],
      here(world),
    ])
  })

  it('[S8] [S18] goes out in one commit with a file that would join two sources in between', () => {
    const world = relatedWorld()
    world.push([joined('b', 'd')])
    world.save([{ ...parentModel('d'), value: { ...parentModel('d').value, source: 's2' } }])
    world.moveFile(B, { slug: 'd' })
    for (const conflict of world.sync().reconciliation.plan.conflicts) world.resolve(conflict, 'workspace')
    const { drafts } = world.sync()
    expect([drafts.map(({ writes }) => writes.map(({ ref }) => ref.slug).sort()), inGit(world)]).toEqual([
      [['b', 'b-d', 'd']],
      here(world),
    ])
  })

  it('[S5] [S18] leaves a deletion in conflict that it takes a name from', () => {
    const world = relatedWorld()
    world.moveFile(B, { slug: 'a' })
    world.rename(A, 'e')
    world.moveFile(A, { slug: 'b', follow: true })
    world.save([{ ...joined('a', 'b'), value: null }])
    const conflicts = [
      ['e', 'Both sides renamed it: e here, b in Git'],
      ['a-b', 'One side deleted it, the other changed it'],
    ]
    expect([toldOf(world).conflicts, toldOf(world).conflicts]).toEqual([conflicts, conflicts])
  })

  it('[S6] [S18] and takes an old name does not wait for a file that says it and follows another one from Git', () => {
    const world = relatedWorld()
    world.moveFile(C, { slug: 'e' })
    world.sync()
    world.rename(B, 'c')
    world.moveFile(A, { slug: 'd' })
    const { plan } = world.sync().reconciliation
    expect([plan.waiting, plan.conflicts, inGit(world)]).toEqual([[], [], here(world)])
  })

  it('[S2] [F1] claims no file whose name another file has too', () => {
    const world = relatedWorld()
    world.moveFile(C, { slug: 'b', folder: 'x' })
    world.rename(B, 'd')
    world.rename(C, 'b')
    const { reconciliation } = world.sync()
    expect(reconciliation.problems.map(({ file }) => file)).toContain('schema/related-models/x/b.yaml')
    expect(reconciliation.plan.stopped).toBe(true)
    expect(here(world)).toEqual([
      'a to d',
      'b to a',
      'parent-models/a',
      'related-models/b',
      'related-models/d',
    ])
  })

  it('[F1] counts the first of two moved files of one name, whichever was read first', () => {
    const world = relatedWorld()
    world.moveFile(B, { slug: 'c', folder: 'y' })
    world.moveFile(C, { folder: 'x' })
    const files = world.sync().reconciliation.problems.map(({ file }) => file)
    expect([
      files.includes('schema/related-models/y/c.yaml'),
      files.includes('schema/related-models/x/c.yaml'),
    ]).toEqual([true, false])
  })

  it('[S6] [S7] goes out at once with the save before it, where a faulty file would lose what that gave it', () => {
    const world = new PlanWorld()
    world.sync()
    world.save([relatedModel('b')])
    world.push([joined('b', 'a')])
    world.rename(B, 'a')
    const { drafts } = world.sync()
    expect([drafts.length, world.queue, [...world.files.keys()]]).toEqual([
      1,
      [],
      ['schema/model-relationships/b-a.yaml', 'schema/related-models/a.yaml'],
    ])
  })

  it('[S6] [S18] keeps what takes its old name in Git waiting, so that nothing refers to both', () => {
    const world = relatedWorld()
    world.push([{ ...relatedModel('b'), value: null }])
    world.rename(A, 'd')
    world.moveFile(C, { slug: 'a' })
    world.moveFile(A, { slug: 'b' })
    const asked = {
      conflicts: [['d', 'Both sides renamed it: d here, b in Git']],
      waiting: [
        ['b', 'It needs model-relationships/a-b, which cannot go yet'],
        ['a', 'It needs parent-models/d, which cannot go yet'],
        ['a-b', 'Saved together with a change that waits'],
        ['c-a', 'It needs parent-models/d, related-models/c, which cannot go yet'],
      ],
    }
    expect([toldOf(world), toldOf(world)]).toEqual([asked, asked])
  })
})
