import { describe, expect, it } from 'vitest'
import { changedKeys, changeWords } from './change-words.ts'

const users = { name: 'Users', source: 'main', type: 'table', tableName: 'USERS', primaryKey: 'id' }

describe('changeWords', () => {
  it('[W2] says in words what a save will change', () => {
    expect(changeWords(users, { ...users, name: 'People', primaryKey: 'user_id' })).toBe(
      'Name and primary key changed',
    )
    expect(changeWords(users, { ...users, description: 'All of them' })).toBe('Description added')
    expect(changeWords({ ...users, primaryLabel: 'name' }, users)).toBe('Primary label removed')
  })

  it('[W2] puts changed before added before removed', () => {
    const { tableName: _, ...rest } = users
    expect(changeWords(users, { ...rest, type: 'raw_sql', rawSql: 'select 1' })).toBe(
      'Method changed; SQL added; table removed',
    )
  })

  it('[W2] shortens a long list and names an unknown key as it is', () => {
    const after = { ...users, name: 'a', source: 'b', type: 'c', tableName: 'd', primaryKey: 'e' }
    expect(changeWords(users, after)).toBe('Name, source, method and 2 more changed')
    expect(changeWords(users, { ...users, extra: 1 })).toBe('Extra added')
  })

  it('[F23] reads equal values as no change, whatever the order of keys', () => {
    expect(changeWords({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } })).toBe('Nothing changed')
    expect(changedKeys({ a: [1, 2] }, { a: [2, 1] })).toEqual(['a'])
  })

  it('[F19] treats the keys of hostile data as data', () => {
    const hostile = JSON.parse('{"__proto__": {"x": 1}}')
    expect(changedKeys({}, hostile)).toEqual(['__proto__'])
    expect(changeWords({}, { constructor: 1 })).toBe('Constructor added')
  })
})
