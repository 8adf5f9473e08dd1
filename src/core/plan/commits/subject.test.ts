import { expect, it } from 'vitest'
import type { FileWrite } from './draft.ts'
import { subjectOf } from './subject.ts'

const to = `abc1234${'0'.repeat(33)}`
const was = { name: 'Users', source: 'wh', type: 'table', tableName: 'users', primaryKey: 'id' }

function write(slug: string, change: 'add' | 'update' | 'delete'): FileWrite {
  const path = `schema/parent-models/${slug}.yaml`
  const value = change === 'delete' ? null : { ...was, tableName: 'old' }
  return {
    resourceId: slug,
    ref: { kind: 'parent-models', slug },
    path,
    from: change === 'add' ? null : path,
    before: change === 'add' ? null : was,
    fileValue: value,
    value,
    wasValue: change === 'add' ? null : was,
  }
}

it('[S23] the subject of a rollback says to where, and of what', () => {
  const one = (change: 'add' | 'update' | 'delete') =>
    subjectOf([write('users', change)], [], { to, isOne: true })
  expect([one('update'), one('add'), one('delete')]).toEqual([
    'Roll back parent model Users to abc1234',
    'Roll back parent model Users to abc1234',
    'Roll back the schema to abc1234: delete parent model Users',
  ])
})

it('[S23] the subject of a larger rollback says what this commit of it does', () => {
  const subject = (...writes: FileWrite[]) => subjectOf(writes, [], { to, isOne: false })
  expect([
    subject(write('users', 'update')),
    subject(write('a', 'update'), write('b', 'add'), write('c', 'delete')),
  ]).toEqual([
    'Roll back the schema to abc1234: update parent model Users: tableName',
    'Roll back the schema to abc1234: add 1 model; update 1 model; delete 1 model',
  ])
})

it('[S7] without a rollback the subject is what it always is', () => {
  expect(subjectOf([write('users', 'update')], [])).toBe('Update parent model Users: tableName')
})
