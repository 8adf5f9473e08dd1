import { expect, it } from 'vitest'
import { blankValue } from './blank.ts'
import { missingWords } from './missing.ts'

it('[W2] says what a new model still needs', () => {
  expect(missingWords('parent-models', blankValue('parent-models', ''))).toBe(
    'Still missing: name, source, primary key and table',
  )
  expect(
    missingWords('event-models', { ...blankValue('event-models', 'main'), name: 'Viewed', type: 'raw_sql' }),
  ).toBe('Still missing: timestamp column and SQL')
  expect(
    missingWords('related-models', { name: 'Orders', source: 'main', type: 'table', tableName: 'ORDERS' }),
  ).toBe(null)
})

it('[F8] asks a relationship for both ends and whole key pairs', () => {
  const blank = blankValue('model-relationships', '')
  expect(missingWords('model-relationships', blank)).toBe(
    'Still missing: From model, To model and both columns of a key pair',
  )
  const whole = {
    from: { slug: 'users', mergeColumns: false },
    to: { slug: 'orders', mergeColumns: false },
    cardinality: '1:many',
    mapping: [{ fromColumn: 'id', toColumn: 'user_id' }],
  }
  expect(missingWords('model-relationships', whole)).toBe(null)
  const { mapping: _, ...ends } = whole
  expect(missingWords('model-relationships', { ...ends, through: ['users-accounts'] })).toBe(null)
})
