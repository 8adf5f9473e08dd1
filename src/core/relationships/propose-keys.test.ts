import { expect, it } from 'vitest'
import { type KeySide, proposeKeys } from './propose-keys.ts'

const side = (name: string, primaryKey: string | null, ...columns: string[]): KeySide => ({
  names: [name],
  primaryKey,
  columns: columns.map((column) => {
    const [column_ = '', type = 'BIGINT'] = column.split(' ')
    return { name: column_, type }
  }),
})
const pairs = (from: KeySide, to: KeySide) =>
  proposeKeys(from, to).map(({ fromColumn, toColumn }) => `${fromColumn} = ${toColumn}`)

it('[W3] proposes the primary key that the other side has, before every other shared column', () => {
  const users = side('users', 'USER_ID', 'USER_ID', 'STORE_ID', 'EMAIL VARCHAR')
  const orders = side('orders', 'order_id', 'order_id', 'store_id', 'user_id', 'email text')
  expect(pairs(users, orders)).toEqual(['USER_ID = user_id', 'STORE_ID = store_id', 'EMAIL = email'])
  expect(proposeKeys(users, orders)[0]?.why).toBe('Both have USER_ID, the primary key of the first')
})

it('[W3] proposes a key that is named after the other model, in either direction', () => {
  const users = side('users', 'id', 'id', 'name VARCHAR')
  expect(pairs(users, side('orders', 'id', 'id', 'userId'))).toEqual(['id = userId'])
  expect(pairs(side('orders', 'id', 'id', 'user_id'), users)).toEqual(['user_id = id'])
  expect(pairs(side('companies', 'id', 'id'), side('people', 'id', 'id', 'company_id'))).toEqual([
    'id = company_id',
  ])
})

it('[W3] proposes nothing for names that every table has, nor for types that cannot be equal', () => {
  expect(pairs(side('a', 'id', 'id', 'created_at date'), side('b', 'id', 'id', 'created_at date'))).toEqual(
    [],
  )
  expect(pairs(side('a', 'user_id', 'user_id BIGINT'), side('b', null, 'user_id uuid'))).toEqual([])
  expect(pairs(side('a', 'user_id', 'user_id BIGINT'), side('b', null, 'user_id VARIANT'))).toEqual([
    'user_id = user_id',
  ])
})
