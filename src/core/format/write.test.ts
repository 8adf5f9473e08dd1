import { readFileSync } from 'node:fs'
import { CORE_SCHEMA, load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { parsePointer } from '../model/json-pointer.ts'
import type { FileKind } from '../model/kind.ts'
import { fileValueOf, normalize } from './normalize.ts'
import { printResource } from './print.ts'
import { writeResource } from './write.ts'

function existing(text: string) {
  return { text, value: load(text, { schema: CORE_SCHEMA }) as JsonObject } // a mapping
}

function setAt(value: Json, path: readonly string[], leaf: Json): Json {
  const [first, ...rest] = path
  if (first === undefined) return leaf
  if (Array.isArray(value))
    return value.map((item, i) => (String(i) === first ? setAt(item, rest, leaf) : item))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === first ? setAt(item, rest, leaf) : item]),
  )
}

function leaves(value: Json, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}/${key}`))
}

/** A field, what it becomes, and the only bytes of the text that change. */
type FieldEdit = readonly [pointer: string, value: Json, from: string, to: string]

const HAND_EDITED: readonly (readonly [path: string, kind: FileKind, edits: readonly FieldEdit[]])[] = [
  [
    'schema/parent-models/users.yaml',
    'parent-models',
    [
      ['/source', 'lake', 'source:      main-database   #', 'source:      lake   #'],
      ['/name', 'People', '"Users"', '"People"'],
      ['/type', 'table', 'type: raw_sql', 'type: table'],
      [
        '/rawSql',
        `-- active customers only
select u.user_id,
       u.email,      -- personal data
       u.full_name
from   public.users u
where  u.active
`,
        'where  not u.deleted',
        'where  u.active',
      ],
      ['/primaryKey', 'id', 'primaryKey: user_id', 'primaryKey: id'],
      ['/primaryLabel', 'nick', 'primaryLabel: full_name', 'primaryLabel: nick'],
      ['/secondaryLabel', 'phone', 'secondaryLabel: email', 'secondaryLabel: phone'],
      ['/x-owner', 'sales', 'x-owner: growth ', 'x-owner: sales '],
      ['/columns/0/name', 'mail', '{ name: email,', '{ name: mail,'],
      ['/columns/0/label', 'Mail, private', 'label: E-mail,', "label: 'Mail, private',"],
      ['/columns/0/privacy', 'blocked', 'redacted }', 'blocked }'],
      ['/columns/1/name', 'nick', '- name: full_name', '- name: nick'],
      ['/columns/1/label', "The user's name", "'Full name'", "'The user''s name'"],
    ],
  ],
  [
    'schema/related-models/purchases.yml',
    'related-models',
    [
      ['/name', 'Orders', 'name: Purchases', 'name: Orders'],
      ['/source', 'lake', 'main-database', 'lake'],
      ['/type', 'raw_sql', 'type: table', 'type: raw_sql'],
      ['/tableName', 'PUBLIC.ORDERS', 'PUBLIC.PURCHASES   \n', 'PUBLIC.ORDERS   \n'],
    ],
  ],
  [
    'schema/model-relationships/users-purchases.yaml',
    'model-relationships',
    [
      ['/from/slug', 'people', '{slug: users', '{slug: people'],
      ['/from/relationshipName', 'Orders', 'relationshipName: Purchases', 'relationshipName: Orders'],
      ['/from/mergeColumns', true, 'Purchases, mergeColumns: false', 'Purchases, mergeColumns: true'],
      ['/to/slug', 'orders', '{slug: purchases', '{slug: orders'],
      ['/to/mergeColumns', true, 'purchases, mergeColumns: false', 'purchases, mergeColumns: true'],
      ['/cardinality', '1:1', '"1:many"', '"1:1"'],
      ['/mapping/0/fromColumn', 'id', 'fromColumn: user_id', 'fromColumn: id'],
      ['/mapping/0/toColumn', 'buyer', 'toColumn: user_id', 'toColumn: buyer'],
    ],
  ],
  [
    'schema/event-models/web/checkout/order-completed.yaml',
    'event-models',
    [
      ['/name', 'Ordered', 'Order Completed', 'Ordered'],
      [
        '/source',
        'lake',
        '&src main-database\ntype: table\ntableName: EVENTS.ORDER_COMPLETED\neventTimestampColumn: occurred_at\ndescription: *src',
        'lake\ntype: table\ntableName: EVENTS.ORDER_COMPLETED\neventTimestampColumn: occurred_at\ndescription: &src main-database',
      ],
      ['/type', 'raw_sql', 'type: table', 'type: raw_sql'],
      ['/tableName', 'EVENTS.ORDERED', 'EVENTS.ORDER_COMPLETED', 'EVENTS.ORDERED'],
      ['/eventTimestampColumn', 'at', 'eventTimestampColumn: occurred_at', 'eventTimestampColumn: at'],
      ['/description', 'An order', '*src', 'An order'],
    ],
  ],
]

describe.each(HAND_EDITED)('hand-edited/%s', (path, kind, edits) => {
  const file = existing(
    readFileSync(new URL(`../../../test/fixtures/hand-edited/${path}`, import.meta.url), 'utf8'),
  )

  it('[F14] has a case for every field', () => {
    expect(edits.map(([pointer]) => pointer).sort()).toEqual(leaves(file.value).sort())
  })

  it.each(edits)('[F14] changes only the bytes of %s', (pointer, leaf, from, to) => {
    expect(file.text.split(from)).toHaveLength(2)
    const value = setAt(file.value, parsePointer(pointer), leaf) as JsonObject // only a leaf is another
    expect(writeResource(kind, file, value)).toBe(file.text.replace(from, to))
  })

  it('[F13] writes nothing for the same value in another order', () => {
    const turned = Object.fromEntries(Object.entries(file.value).reverse())
    expect(writeResource(kind, file, turned)).toBe(file.text)
  })
})

describe('writeResource', () => {
  const value = { name: 'Users', source: 's', type: 'table', tableName: 'T', primaryKey: 'id' }

  it('[F12] prints a new file canonically', () => {
    expect(writeResource('models', null, Object.fromEntries(Object.entries(value).reverse()))).toBe(
      printResource('models', value),
    )
  })

  it('[F12] keeps a canonical file canonical', () => {
    const file = existing(printResource('models', value))
    const next = {
      ...value,
      zeta: 1,
      description: 'A sentence that is so long that js-yaml folds it over several lines of text.',
    }
    expect(writeResource('models', file, next)).toBe(printResource('models', next))
  })

  it('[F13] [F23] leaves a file whose value is the same in meaning', () => {
    const file = existing(
      "name: Users\nsource: s\ntype: table\nrawSql: ''\ntableName: T\nisSchema: false\nprimaryKey: id\ncolumns: []\n",
    )
    expect(writeResource('models', file, value)).toBe(file.text)
  })

  it('[F7] changes one line of an old shape', () => {
    const text =
      'name: Old\nsource: s\ndbtModel: null\ntype: table\nrawSql: null\ntableName: T\nisSchema: false\nprimaryKey: id\n'
    const file = existing(text)
    const next = fileValueOf(
      'models',
      { ...normalize('models', file.value), name: 'New', description: 'D' },
      file.value,
    )
    expect(writeResource('models', file, next)).toBe(
      text.replace('Old\nsource: s\n', 'New\nsource: s\ndescription: D\n'),
    )
  })

  it('[F11] [F14] adds our blocks behind the keys of a file that a person owns', () => {
    const file = existing(
      '# mine\nname: Users\nsource: s\ntype: table\ntableName: T\nprimaryKey: id\nx-note: 1 # n\n',
    )
    const next = { ...file.value, columns: [{ name: 'a', visible: false }], folder: 'Core' }
    expect(writeResource('models', file, next)).toBe(
      file.text.replace(
        'primaryKey: id\n',
        'primaryKey: id\ncolumns:\n  - name: a\n    visible: false\nfolder: Core\n',
      ),
    )
  })
})
