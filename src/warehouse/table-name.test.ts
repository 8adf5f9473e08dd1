import { describe, expect, it } from 'vitest'
import { parseTableName, printTableName, quoteIdentifier } from './table-name.ts'

const bare = (text: string) => ({ text, quoted: false })
const quoted = (text: string) => ({ text, quoted: true })

describe('[Z9] table names are parsed and quoted, never passed on', () => {
  it.each([
    ['PUBLIC.USERS', [bare('PUBLIC'), bare('USERS')]],
    [' users ', [bare('users')]],
    ['db.schema.table', [bare('db'), bare('schema'), bare('table')]],
    ['"Weird ""name"""."a.b"', [quoted('Weird "name"'), quoted('a.b')]],
    ['`project-1`.`events`', [quoted('project-1'), quoted('events')]],
    ['[dbo].[users]', [quoted('dbo'), quoted('users')]],
    ['raw-customers 2024', [bare('raw-customers 2024')]],
    ['users; drop table users', [bare('users; drop table users')]],
    ['__proto__.constructor', [bare('__proto__'), bare('constructor')]],
    ['PUBLIC . USERS', [bare('PUBLIC'), bare('USERS')]],
  ])('%s', (text, parts) => {
    expect(parseTableName(text)).toEqual(parts)
  })

  it.each(['', ' ', '.', 'a.', '.a', 'a..b', '"open', '""', '"a"b', 'a.b.c.d', 'a\u0000b', '"a\nb"'])(
    'refuses %j',
    (text) => {
      expect(parseTableName(text)).toBeNull()
    },
  )

  it('quoting doubles the quotes', () => {
    expect(quoteIdentifier('a"; drop table b; --')).toBe('"a""; drop table b; --"')
    expect(printTableName(['public', 'Users 1'], /^[a-z_]+$/)).toBe('public."Users 1"')
  })
})
