import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Plan, PlanEntry } from '../plan/plan.ts'
import { pullComment, verdictOf } from './comment.ts'
import { type PullPlan, pullPlanOf } from './pull-plan.ts'

const about = {
  workspace: 'staging',
  path: '',
  head: 'a'.repeat(40),
  url: 'https://tandem.example.com/staging/git',
}

const changed: PlanEntry = {
  kind: 'parent-models',
  slug: 'users',
  path: 'schema/parent-models/users.yaml',
  change: 'changed',
  fields: [
    { path: '/primaryKey', before: 'id', after: 'user_id' },
    { path: '/description', after: 'People' },
  ],
  impact: {
    word: 'breaking',
    reasons: [{ impact: 'breaking', field: '/primaryKey', why: 'Rows are told apart by it' }],
  },
}
const added: PlanEntry = {
  kind: 'related-models',
  slug: 'orders',
  path: 'schema/related-models/orders.yaml',
  change: 'added',
  fields: [],
  impact: { word: 'safe', reasons: [] },
}
const error: Diagnostic = {
  code: 'unresolved-source',
  severity: 'error',
  message: 'There is no source `lake`.',
  file: 'schema/related-models/orders.yaml',
  line: 2,
  column: 9,
  hint: 'Did you mean `warehouse`?',
}

const EMPTY: Plan = {
  version: 1,
  head: null,
  base: null,
  stopped: false,
  inbound: [],
  outbound: [],
  conflicts: [],
  converged: [],
  held: [],
  aside: [],
  pending: [],
  waiting: [],
  diagnostics: [],
}

describe('the comment of a pull request', () => {
  it('[S22] tells the changes, the worst first, with why', () => {
    const plan = pullPlanOf(EMPTY, { ...EMPTY, inbound: [added, changed] }, false)
    expect(verdictOf(plan, 'staging')).toEqual({
      state: 'passed',
      title: '2 resources change: 1 breaking, 1 safe',
    })
    expect(pullComment(plan, about)).toBe(
      [
        '### What merging does in the workspace `staging`',
        '2 resources change: 1 breaking, 1 safe',
        [
          '- **breaking** Change parent model `users`: `primaryKey`, `description` (Rows are told apart by it)',
          '- **safe** Add related model `orders`',
        ].join('\n'),
        'Planned for `aaaaaaa`. [Open the workspace](https://tandem.example.com/staging/git)',
      ].join('\n\n'),
    )
  })

  it('[S22] fails on an error that the branch has not, and leaves out what the branch does by itself', () => {
    const moved = { ...error, line: 7 }
    const other: Diagnostic = { ...error, file: 'schema/related-models/other.yaml', hint: null }
    const branch: Plan = { ...EMPTY, inbound: [added], diagnostics: [error] }
    const same = pullPlanOf(branch, { ...EMPTY, inbound: [added, changed], diagnostics: [moved] }, false)
    expect(same).toEqual({
      kind: 'planned',
      changes: [changed],
      conflicts: [],
      pending: [],
      held: [],
      problems: [],
      isFork: false,
    })
    const worse = pullPlanOf(branch, { ...EMPTY, stopped: true, diagnostics: [moved, other] }, true)
    expect(verdictOf(worse, 'staging')).toEqual({
      state: 'failed',
      title: '1 new error: nothing would come in',
    })
    expect(pullComment(worse, { ...about, path: 'crm', url: null })).toBe(
      [
        '### What merging does in the workspace `staging`',
        '**1 new error.** Until it is mended nothing would come in.',
        '- error at `crm/schema/related-models/other.yaml:2`: ``There is no source `lake`.``',
        'It comes from a fork: its changes to alias files and manifests are left out of this plan.',
        'Planned for `aaaaaaa`.',
      ].join('\n\n'),
    )
  })

  it('[S22] tells what waits for consent, what is in conflict, and that it cannot be merged', () => {
    const held = {
      direction: 'inbound',
      reason: 'approval',
      message: '',
      changes: [changed],
      digest: '',
    } as const
    const conflict = { ...added, reason: '', choices: [], isFirst: false, causes: [] }
    const left = { kind: 'syncs', slug: 'x', path: 'syncs/x.yaml', reason: 'No source `lake`.' } as const
    const known = { ...left, path: 'known.yaml' }
    const plan = pullPlanOf(
      { ...EMPTY, pending: [known] },
      { ...EMPTY, held: [held], conflicts: [conflict], pending: [known, left] },
      false,
    )
    expect(pullComment(plan, about).split('\n\n').slice(1, -1)).toEqual([
      '1 resource changes: 1 breaking',
      '- **breaking** Change parent model `users`: `primaryKey`, `description` (Rows are told apart by it)',
      '**1 conflict** with what was saved in the workspace; somebody will have to choose there:',
      '- related model `orders`',
      '**1 file** would wait here, for a name that this workspace does not know:',
      '- `syncs/x.yaml`: ``No source `lake`.``',
      'It will wait for the consent of an admin: this workspace asks for approval of what comes in.',
    ])
    expect(verdictOf({ ...plan, kind: 'planned', changes: [] } as PullPlan, 'staging').title).toBe(
      'Nothing changes in staging: 1 file would wait for a name',
    )
    expect(verdictOf({ kind: 'elsewhere' }, 'staging').state).toBe('running')
    expect(pullComment({ kind: 'elsewhere' }, about)).toContain('no fork is asked')
    const unmergeable: PullPlan = { kind: 'unmergeable', files: ['schema/a.yaml'] }
    expect(verdictOf(unmergeable, 'staging').state).toBe('running')
    expect(pullComment(unmergeable, about)).toContain('\n\n- `schema/a.yaml`\n\n')
  })

  it('[Z7] brings no mark-up, mention or link of a file to life, and stays short', () => {
    const hostile = '`@everyone` [x](https://evil.example) <img src=x>\n# Heading'
    const many = Array.from({ length: 5_000 }, () => ({ ...changed, slug: hostile }))
    const fields = Array.from({ length: 50 }, () => ({ path: `/${hostile.repeat(9)}`, after: 1 }))
    const all = many.map((entry, i) => ({ ...entry, slug: `${entry.slug}${i}`, fields }))
    const problems = Array.from({ length: 5_000 }, (_, i) => ({
      ...error,
      message: `${hostile} ${i} ${'long '.repeat(1_000)}`,
    }))
    const text = pullComment(
      { kind: 'planned', changes: all, conflicts: [], pending: [], held: [], problems, isFork: false },
      about,
    )
    expect(text.length).toBeLessThan(60_000)
    expect(text).toContain('- and 4980 more')
    // Outside of what is quoted nothing of it is left.
    const outside = text.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
    expect(outside).not.toMatch(/@|<img|evil|Heading/)
  })
})
