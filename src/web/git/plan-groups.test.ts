import { expect, it } from 'vitest'
import type { PlanWire } from '../../core/wire/plan.ts'
import { planCounts, planGroups } from './plan-groups.ts'

const entry = (slug: string, change: 'added' | 'changed' | 'removed') => ({
  kind: 'models' as const,
  slug,
  path: null,
  change,
  fields: [],
  impact: { word: 'safe' as const, reasons: [] },
})
const plan: PlanWire = {
  version: 1,
  head: null,
  base: null,
  stopped: false,
  inbound: [entry('a', 'added'), entry('b', 'removed')],
  outbound: [],
  conflicts: [{ ...entry('c', 'changed'), reason: 'both changed', choices: [], isFirst: false, causes: [] }],
  converged: [{ kind: 'models', slug: 'd', path: null }],
  held: [],
  aside: [],
  pending: [{ kind: 'models', slug: 'e', path: 'models/e.yaml', reason: 'no source "leads"' }],
  waiting: [],
  diagnostics: [],
}

it('[S1] counts a plan in words', () => {
  expect(planCounts(plan)).toBe('2 in, 0 out, 1 conflict, 1 pending, 1 equal')
})

it('[S1] groups a plan by what a person decides, breaking changes first', () => {
  expect(
    planGroups(plan).map((group) => [
      group.id,
      group.lines.map((line) => [line.slug, line.change, line.note]),
    ]),
  ).toEqual([
    ['conflicts', [['c', 'changed', 'both changed']]],
    [
      'inbound',
      [
        ['b', 'removed', null],
        ['a', 'added', null],
      ],
    ],
    ['pending', [['e', null, 'no source "leads"']]],
  ])
})
