import { expect, it } from 'vitest'
import { queriesOf, withMethod } from './method.ts'

const table = { name: 'Users', type: 'table', tableName: 'USERS', primaryKey: 'id' }

it('[F7] leaves only the query key that the method names', () => {
  expect(withMethod(table, 'raw_sql', {})).toEqual({
    name: 'Users',
    type: 'raw_sql',
    primaryKey: 'id',
    rawSql: '',
  })
  expect(withMethod({ ...table, rawSql: 'select 1' }, 'custom', {})).toEqual({
    name: 'Users',
    type: 'custom',
    primaryKey: 'id',
    customQuery: {},
  })
})

it('[W2] brings a query back when its method is chosen again', () => {
  const sql = withMethod(table, 'raw_sql', {})
  expect(withMethod(sql, 'table', queriesOf(table))).toEqual(table)
})
