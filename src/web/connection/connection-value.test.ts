import { describe, expect, it } from 'vitest'
import { typeChoices } from './connection-types.ts'
import { missingOfConnection, retyped } from './connection-value.ts'

const blank = { name: '', type: '', config: {} }
const main = {
  name: 'Main',
  type: 'postgres',
  config: { host: 'db.example.com', port: 6543, database: 'store', user: 'reader', ssl: true },
}

describe('[A3] another type of a source', () => {
  it('drops from the connection what the new type does not ask for', () => {
    expect(retyped(main, 'duckdb', blank)).toEqual({ name: 'Main', type: 'duckdb', config: {} })
    const duck = { name: 'Main', type: 'duckdb', config: { path: '/data' } }
    expect(retyped(duck, 'snowflake', blank)).toEqual({ name: 'Main', type: 'snowflake', config: {} })
  })

  it('brings the saved connection back with the saved type, and leaves it alone where nothing changes', () => {
    expect(retyped(retyped(main, 'duckdb', main), 'postgres', main)).toEqual(main)
    const edited = { ...main, config: { ...main.config, host: 'other.example.com' } }
    expect(retyped(edited, 'postgres', main)).toEqual(edited)
  })

  it('connects nothing that was not connected', () => {
    const named = { name: 'Main', type: 'postgres', config: null }
    expect(retyped(named, 'duckdb', named)).toEqual({ ...named, type: 'duckdb' })
  })
})

it('[A3] says what a connection needs before it is stored', () => {
  expect([
    missingOfConnection(blank),
    missingOfConnection({ name: 'Main', type: 'postgres', config: { host: ' ' } }),
    missingOfConnection(main),
    missingOfConnection({ name: 'Files', type: 'duckdb', config: {} }),
    missingOfConnection({ name: 'Main', type: 'postgres', config: null }),
  ]).toEqual(['Still missing: name and type', 'Still missing: host, database and user', null, null, null])
})

it('[A3] offers types by name, what is read first, and any other word as a type of its own', () => {
  const groups = (current: string, typed: string) =>
    typeChoices('sources', current, typed).map(({ group, items }) => [group, items.map(({ label }) => label)])
  const known = [
    ['Tables and rows are read', ['DuckDB', 'PostgreSQL']],
    [
      'Kept by name and type, not read yet',
      ['MySQL', 'ClickHouse', 'Snowflake', 'BigQuery', 'Databricks', 'Google Sheets'],
    ],
  ]
  expect(groups('google_sheets', 'Google Sheets')).toEqual(known)
  expect(groups('redshift', 'trino')).toEqual([...known, ['Another type', ['redshift', 'trino']]])
})
