import { describe, expect, it } from 'vitest'
import { mergeValues } from '../../core/merge/merge-values.ts'
import type { Value } from '../../core/model/resource.ts'
import type { FileConflict } from '../../core/wire/conflict-sides.ts'
import {
  conflictName,
  conflictReason,
  mergedBesides,
  mergeFieldWords,
  outcomeWords,
} from './conflict-words.ts'
import {
  decide,
  decideAll,
  fieldsOf,
  movedOn,
  NO_DECISIONS,
  outcomeOf,
  standingChoices,
} from './decisions.ts'

const base: Value = {
  name: 'Users',
  source: 'warehouse',
  type: 'raw_sql',
  rawSql: 'select 1',
  primaryKey: 'id',
}

function conflict(ours: Value | null, theirs: Value | null, more: Partial<FileConflict> = {}): FileConflict {
  const kind = 'parent-models'
  const merged = mergeValues(kind, { base, ours, theirs })
  const choices =
    merged.kind === 'conflict' ? merged.fields.map((one) => ({ ...one, paths: [...one.paths] })) : []
  return {
    id: '1',
    kind,
    slug: 'users',
    path: 'schema/parent-models/users.yaml',
    base,
    ours,
    theirs,
    fields: choices.map(({ path }) => path),
    choices,
    isFirst: false,
    causes: [],
    since: '2026-01-01T00:00:00.000Z',
    ...more,
  }
}

const both = conflict(
  { ...base, name: 'Customers', rawSql: 'select 2', description: 'Ours' },
  { ...base, name: 'People', rawSql: 'select 3', primaryLabel: 'name' },
)
const [name, sql] = fieldsOf(both)
if (!name || !sql) throw new Error('two fields are in conflict')

describe('a conflict by field', () => {
  it('[W5] names its fields, and what comes along because only one side changed it', () => {
    expect([
      conflictName(both),
      conflictReason(both),
      fieldsOf(both).map(mergeFieldWords),
      mergedBesides(both),
    ]).toEqual([
      'Customers',
      'Changed differently on both sides: name and SQL',
      ['name', 'SQL'],
      { fromGit: ['primary label'], fromWorkspace: ['description'] },
    ])
  })

  it('[W5] shows the result while something is still to choose, with the workspace there', () => {
    const outcome = outcomeOf(both, decide(NO_DECISIONS, sql, 'theirs'))
    expect([outcome, outcomeWords(both, outcome)]).toEqual([
      {
        kind: 'undecided',
        left: 1,
        value: { ...base, name: 'Customers', rawSql: 'select 3', description: 'Ours', primaryLabel: 'name' },
      },
      '1 field still to choose',
    ])
  })

  it('[W5][S5] is settled with an edited result, and says what is committed', () => {
    const decisions = decide(decide(NO_DECISIONS, sql, 'ours'), name, { value: 'Shoppers' })
    const outcome = outcomeOf(both, decisions)
    const value = { ...base, name: 'Shoppers', rawSql: 'select 2', description: 'Ours', primaryLabel: 'name' }
    expect([outcome, outcomeWords(both, outcome)]).toEqual([
      { kind: 'ready', value, resolution: { take: 'value', value, ours: both.ours, theirs: both.theirs } },
      'One commit to Git: name, SQL and description; the workspace takes name and primary label',
    ])
  })

  it('[S5] takes a side where the result is that side', () => {
    const equal = conflict({ ...base, name: 'Customers' }, { ...base, name: 'People' })
    const takes = (['ours', 'theirs'] as const).map((side) => {
      const outcome = outcomeOf(equal, decideAll(equal, side))
      return [outcome.kind === 'ready' && outcome.resolution.take, outcomeWords(equal, outcome)]
    })
    expect(takes).toEqual([
      ['workspace', 'One commit to Git: name'],
      ['git', 'Nothing is committed; the workspace takes name'],
    ])
  })

  it('[S5] keeps the choices whose field stayed, and asks again where a side moved on', () => {
    const decisions = decideAll(both, 'theirs')
    const later = conflict(both.ours as Value, { ...base, name: 'Persons', rawSql: 'select 3' })
    expect([
      [...standingChoices(later, decisions)],
      movedOn(later, decisions),
      outcomeOf(later, decisions).kind,
    ]).toEqual([[['/type', 'theirs']], ['/name'], 'undecided'])
  })

  it('[S5] tells which written value cannot stand in its place', () => {
    const decisions = decide(decideAll(both, 'ours'), sql, { value: 'select 4' })
    const outcome = outcomeOf(both, decisions)
    expect(outcome).toMatchObject({ kind: 'unfit', value: { rawSql: 'select 2' } })
    expect(outcome.kind === 'unfit' && [...outcome.problems.keys()]).toEqual(['/type'])
  })
})

describe('a conflict of the whole', () => {
  it('[S3][W5] of a deletion against a change is settled by a side, and says what becomes of the file', () => {
    const changed = { ...base, name: 'People' }
    const words = [conflict(changed, null), conflict(null, changed)].map((one) => [
      conflictReason(one),
      ...(['ours', 'theirs'] as const).map((side) => outcomeWords(one, outcomeOf(one, decideAll(one, side)))),
    ])
    expect(words).toEqual([
      [
        'Changed here, deleted in Git',
        'One commit brings the file back to Git',
        'The parent model is deleted here; nothing is committed',
      ],
      [
        'Deleted here, changed in Git',
        'One commit deletes the file in Git',
        'Nothing is committed; the parent model is here again',
      ],
    ])
  })

  it('[S21][W5] of a closed review says so, and that its file was never in Git', () => {
    const review = { number: 7, branch: 'tandem/staging/ann-lee', url: null }
    const one = { ...conflict({ ...base, name: 'People' }, null), base: null, review }
    const outcome = outcomeOf(one, decideAll(one, 'ours'))
    expect([conflictReason(one), outcomeWords(one, outcome)]).toEqual([
      'Its review #7 was closed without being merged',
      'One commit brings the file to Git',
    ])
  })

  it('[S28][W5] of changes that do not go together names the others', () => {
    const joint = conflict(
      base,
      { ...base, name: 'People' },
      { causes: [{ kind: 'models', slug: 'orders' }] },
    )
    const outcome = outcomeOf(joint, decideAll(joint, 'theirs'))
    expect([joint.choices, conflictReason(joint), outcomeOf(joint, NO_DECISIONS).kind, outcome]).toEqual([
      [],
      'Changed, which does not go together with the model orders',
      'undecided',
      {
        kind: 'ready',
        value: joint.theirs,
        resolution: { take: 'git', ours: joint.ours, theirs: joint.theirs },
      },
    ])
  })
})
