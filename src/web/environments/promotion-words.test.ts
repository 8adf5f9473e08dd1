import { expect, it } from 'vitest'
import type { PromotionAnswer, PromotionEntryWire } from '../../core/wire/environments.ts'
import { planWords, standingWords } from './promotion-words.ts'

const entry = (slug: string, more: Partial<PromotionEntryWire> = {}): PromotionEntryWire => ({
  kind: 'models',
  slug,
  change: 'changed',
  fields: [],
  impact: { word: 'safe', reasons: [] },
  neededBy: null,
  ...more,
})
const answer = (...changes: PromotionEntryWire[]): PromotionAnswer => ({
  from: 'staging',
  to: 'production',
  dryRun: true,
  changes,
  alike: [],
  diagnostics: [],
  digest: '',
  changeSet: null,
  proposed: null,
})

it('[W7] says in a sentence what a promotion does', () => {
  const breaking: PromotionEntryWire['impact'] = { word: 'breaking', reasons: [] }
  expect([
    planWords(answer()),
    planWords(answer(entry('a'))),
    planWords(
      answer(entry('a', { impact: breaking }), entry('b', { neededBy: { kind: 'models', slug: 'a' } })),
    ),
  ]).toEqual([
    'Nothing of what is chosen differs: production has it already.',
    '1 resource goes to production.',
    '2 resources go to production, 1 of them because another needs it; 1 breaking.',
  ])
})

it('[W7] says how a promotion stands', () => {
  const made = { id: '1', from: 'staging', by: 'Ann', at: '', resources: 2, waiting: 0, undone: false }
  expect([made, { ...made, waiting: 2 }, { ...made, undone: true }].map(standingWords)).toEqual([
    'done',
    '2 changes on the way to Git',
    'taken back',
  ])
})
