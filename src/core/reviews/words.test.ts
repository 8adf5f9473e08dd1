import { describe, expect, it } from 'vitest'
import type { PlanEntry } from '../plan/plan.ts'
import { branchFor } from './branch-name.ts'
import { isBranchProtection } from './protection.ts'
import { promotionSummary, summaryOf } from './summary.ts'

describe('the branch of a review', () => {
  it.each([
    ['Ann Lee', [], 'tandem/staging/ann-lee'],
    ['Ann Lee', ['main', 'tandem/staging/ann-lee'], 'tandem/staging/ann-lee-2'],
    ['Ann Lee', ['tandem/staging/ann-lee/x'], 'tandem/staging/ann-lee-2'],
    ['Zoë Ångström', ['tandem'], 'tandem-staging-zoe-angstrom'],
    ['--../@{x', [], 'tandem/staging/x'],
    ['王', [], 'tandem/staging/review'],
  ])('[S21] of %s beside %j is %s', (person, taken, expected) => {
    expect(branchFor('staging', person, taken)).toBe(expected)
  })
})

describe('a refused push', () => {
  it.each([
    [
      'protected branch hook declined\nerror: GH006: Protected branch update failed for refs/heads/main.',
      true,
    ],
    [
      'push declined due to repository rule violations\nerror: GH013: … Changes must be made through a pull request.',
      true,
    ],
    [
      'pre-receive hook declined\nGitLab: You are not allowed to push code to protected branches on this project.',
      true,
    ],
    ['pre-receive hook declined\nPermission denied to update branch main.', true],
    ['TF402455: Pushes to this branch are not permitted; you must use a pull request.', true],
    ['pre-receive hook declined\nGitea: Not allowed to push to protected branch main', true],
    ['pre-receive hook declined\nThe message lacks a ticket number', false],
    ['push declined due to repository rule violations\nerror: GH013: Push cannot contain secrets', false],
    ['remote: error: quota exceeded', false],
  ])('[S21][S10] that says %j is branch protection: %s', (reason, expected) => {
    expect(isBranchProtection(reason)).toBe(expected)
  })
})

describe('the body of a pull request', () => {
  const changed: PlanEntry = {
    kind: 'parent-models',
    slug: 'users',
    path: 'schema/parent-models/users.yaml',
    change: 'renamed',
    from: 'people',
    fields: [
      { path: '/description', before: 'a', after: '`@here` ![x](http://x)\nnext' },
      { path: '/columns/0/label', after: 'E-mail' },
      { path: '/tags', before: ['x'] },
    ],
    impact: { word: 'breaking', reasons: [] },
  }
  const about = { workspace: 'staging', person: '[Ann](http://x) <b>', link: 'http://tandem/w/staging/git' }

  it('[S21] tells the changes by field, and brings nobody’s mark-up to life', () => {
    const { from: _, ...unnamed } = changed
    const added: PlanEntry = {
      ...unnamed,
      slug: 'plants',
      change: 'added',
      impact: { word: 'safe', reasons: [] },
    }
    expect(summaryOf([changed, added], about)).toBe(
      [
        'Saved by Ann http x b in the Tandem workspace `staging`. [Look at it there](http://tandem/w/staging/git).',
        [
          '**Rename parent model** `people` to `users` (breaking)',
          '',
          '- `description`: `a` → `` `@here` ![x](http://x) next ``',
          '- `columns/0/label`: `E-mail`',
          '- `tags`: removed, was `["x"]`',
        ].join('\n'),
        '**Add parent model** `plants`',
        'Saves that follow are added here until it is merged or closed.',
      ].join('\n\n'),
    )
  })

  it('[W7] of a promotion tells from where to where, and that nothing is done before it is merged', () => {
    const sides = { from: 'staging', to: 'production', person: 'Ann', link: null }
    const { from: _, ...gone } = changed
    expect(promotionSummary([{ ...gone, change: 'removed' }], sides)).toBe(
      [
        'Promoted by Ann from the Tandem workspace `staging` to `production`.',
        '**Delete parent model** `users` (breaking)',
        '`production` takes it over once it is merged.',
      ].join('\n\n'),
    )
  })

  it('[S21] tells of many how many more there are', () => {
    const body = summaryOf(
      Array.from({ length: 60 }, () => changed),
      about,
    )
    expect([body.split('**Rename').length - 1, body.includes('And 10 more.')]).toEqual([50, true])
  })
})
