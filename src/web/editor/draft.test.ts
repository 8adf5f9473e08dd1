import { describe, expect, it } from 'vitest'
import { edited, meanwhile, rebased, setKey } from './draft.ts'

const users = { name: 'Users', description: 'All', type: 'table' }
const saved = { value: users, revision: '1' }
const edit = edited(null, saved, {}, (value) => setKey(value, 'name', 'People'))

describe('a draft', () => {
  it('[W2] is nothing when it equals what is saved', () => {
    expect(edit).toEqual({ base: users, revision: '1', value: { ...users, name: 'People' } })
    expect(edited(edit, saved, {}, (value) => setKey(value, 'name', 'Users'))).toBe(null)
  })

  it('[A2] keeps the revision that it began with', () => {
    const later = { value: { ...users, description: 'Some' }, revision: '2' }
    expect(edited(edit, later, {}, (value) => setKey(value, 'type', 'raw_sql'))?.revision).toBe('1')
  })

  it('[A2] shows what changed meanwhile, and what both changed', () => {
    const theirs = { value: { ...users, name: 'Humans', description: 'Some' }, revision: '2' }
    expect(meanwhile(edit, theirs)).toEqual({ theirs: ['name', 'description'], both: ['name'] })
    expect(meanwhile(edit, saved)).toBe(null)
    expect(meanwhile(edit, { value: users, revision: '2' })).toBe(null)
  })

  it('[A2] goes on top of what is saved now', () => {
    const theirs = { value: { ...users, description: 'Some' }, revision: '2' }
    expect(edit && rebased(edit, theirs)).toEqual({
      base: theirs.value,
      revision: '2',
      value: { name: 'People', description: 'Some', type: 'table' },
    })
    expect(edit && rebased(edit, { value: { ...users, name: 'People' }, revision: '2' })).toBe(null)
  })
})
