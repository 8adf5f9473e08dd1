import { describe, expect, it } from 'vitest'
import { fileValueOf, keepInstead, keepUnmanaged, normalize, sameValue } from './normalize.ts'

const old = {
  name: 'Old',
  source: 's',
  type: 'raw_sql',
  dbtModel: null,
  rawSql: 'select 1',
  tableName: '',
  isSchema: false,
  primaryKey: 'id',
}
const plain = { name: 'Old', source: 's', type: 'raw_sql', rawSql: 'select 1', primaryKey: 'id' }

describe('normalize', () => {
  it('[F7] [F23] drops what reads as absent, and that alone', () => {
    expect(normalize('models', old)).toEqual(plain)
    expect(normalize('models', plain)).toBe(plain)
    expect(normalize('models', { ...plain, type: 'table', tableName: '', isSchema: true })).toEqual({
      ...plain,
      type: 'table',
      tableName: '',
      isSchema: true,
    })
    expect(
      normalize('syncs', { description: null, isSchema: false, config: { a: null, tableName: '' } }),
    ).toEqual({
      isSchema: false,
      config: { a: null, tableName: '' },
    })
  })
})

describe('sameValue', () => {
  it('[F23] counts the order of lists, not of keys', () => {
    expect(sameValue('models', { a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true)
    expect(sameValue('models', { b: [1, 2] }, { b: [2, 1] })).toBe(false)
  })

  it('[F11] takes an empty block for an absent one, and an empty unknown key not', () => {
    expect(sameValue('models', plain, { ...plain, columns: [], sampling: {}, folder: '', tags: [] })).toBe(
      true,
    )
    expect(sameValue('models', plain, { ...plain, columns: [{ name: 'a' }] })).toBe(false)
    expect(sameValue('models', plain, { ...plain, through: [] })).toBe(false)
  })
})

describe('keepUnmanaged', () => {
  const present = { ...plain, columns: [{ name: 'a' }], folder: 'f', through: ['x'] }

  it('[F11] leaves the blocks that a file lacks as the workspace has them', () => {
    expect(keepUnmanaged('models', plain, present)).toEqual({
      ...plain,
      columns: [{ name: 'a' }],
      folder: 'f',
    })
    expect(keepUnmanaged('models', plain, null)).toBe(plain)
  })

  it('[F11] lets an empty block erase', () => {
    expect(keepUnmanaged('models', { ...plain, columns: [], folder: 'g' }, present)).toEqual({
      ...plain,
      columns: [],
      folder: 'g',
    })
  })
})

describe('keepInstead', () => {
  it('[F11] gives back the blocks that a file lacks, and takes those of another state', () => {
    const stored = { ...plain, tags: ['said'] }
    const completed = { ...stored, columns: [{ name: 'edited' }], folder: 'f' }
    expect(keepInstead('models', completed, stored, null)).toEqual(stored)
    expect(
      keepInstead('models', completed, stored, { ...plain, columns: [{ name: 'old' }], tags: ['old'] }),
    ).toEqual({
      ...stored,
      columns: [{ name: 'old' }],
    })
  })
})

describe('fileValueOf', () => {
  it('[F7] keeps the old keys of the file until they are filled', () => {
    expect(fileValueOf('models', { ...plain, name: 'New' }, old)).toEqual({ ...old, name: 'New' })
    const { rawSql: _, ...rest } = plain
    expect(fileValueOf('models', { ...rest, type: 'table', tableName: 'T' }, old)).toEqual({
      ...old,
      type: 'table',
      tableName: 'T',
      rawSql: undefined,
    })
  })

  it('[F11] writes blocks into a new file only when they are set', () => {
    expect(fileValueOf('models', { ...plain, columns: [], tags: ['a'] }, null)).toEqual({
      ...plain,
      tags: ['a'],
    })
  })

  it('[F11] writes a block into a file that lacks it only when somebody edited it in the app', () => {
    const edited = { ...plain, columns: [{ name: 'a' }], tags: ['t'] }
    expect(fileValueOf('models', edited, plain, { ...plain, columns: [{ name: 'a' }] })).toEqual({
      ...plain,
      tags: ['t'],
    })
    expect(fileValueOf('models', edited, plain)).toEqual(edited)
  })

  it('[F11] writes a block empty that the file has and the workspace erased', () => {
    const file = {
      ...plain,
      columns: [{ name: 'a' }],
      sampling: { enabled: true, percent: 5 },
      folder: 'f',
      tags: [],
    }
    expect(fileValueOf('models', { ...plain, tags: [] }, file)).toEqual({
      ...plain,
      columns: [],
      sampling: {},
      folder: '',
      tags: [],
    })
  })
})
