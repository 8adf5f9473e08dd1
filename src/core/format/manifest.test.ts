import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from './limits.ts'
import { writeManifest } from './manifest.ts'
import { type Manifest, readManifest } from './read-file.ts'

function fixture(path: string) {
  const text = readFileSync(new URL(`../../../test/fixtures/${path}`, import.meta.url), 'utf8')
  const { manifest } = readManifest(path, text, DEFAULT_LIMITS)
  if (manifest === null) throw new Error(`${path} is a good manifest`)
  return { text, manifest }
}

function withSource(manifest: Manifest, slug: string, entry: { name?: string; type: string }): Manifest {
  return { ...manifest, sources: new Map([...manifest.sources, [slug, entry]]) }
}

describe('writeManifest', () => {
  const staging = fixture('plant-store/manifest-staging.yaml')
  const adopted = fixture('adopted/manifest-acme-sandbox.yaml')

  it('[F16] generates a sorted manifest under a comment that says read-only', () => {
    const shuffled = {
      sources: new Map([...staging.manifest.sources].reverse()),
      destinations: new Map([...staging.manifest.destinations].reverse()),
    }
    expect(writeManifest(null, shuffled)).toBe(staging.text)
  })

  it('[F16] writes an empty one too', () => {
    expect(writeManifest(null, { sources: new Map(), destinations: new Map() })).toMatch(
      /^# READ ONLY FILE\n.*\n\nsources: \{\}\ndestinations: \{\}\n$/,
    )
  })

  it.each([staging, adopted])('[F16] writes nothing when the value is the same', (existing) => {
    const { sources, destinations } = existing.manifest
    const turned = {
      sources: new Map([...sources].reverse()),
      destinations: new Map([...destinations].reverse()),
    }
    expect(writeManifest(existing, turned)).toBeNull()
  })

  it('[F16] takes an entry without a name for one that is named by its slug', () => {
    const slug = 'undefined-0a1b2-c3d4e'
    const destinations = new Map([...adopted.manifest.destinations, [slug, { name: slug, type: 'braze' }]])
    expect(writeManifest(adopted, { ...adopted.manifest, destinations })).toBeNull()
  })

  it('[F16] leaves a blank name in an entry that goes by its slug, also beside a change', () => {
    const text = "sources:\n  a:\n    name: ''\n    type: duckdb\ndestinations: {}\n"
    const { manifest } = readManifest('m', text, DEFAULT_LIMITS)
    if (manifest === null) throw new Error('it is a good manifest')
    const existing = { text, manifest }
    expect(writeManifest(existing, manifest)).toBeNull()
    expect(writeManifest(existing, withSource(manifest, 'b', { type: 'duckdb' }))).toBe(
      text.replace('destinations', '  b:\n    type: duckdb\ndestinations'),
    )
  })

  it('[F16] edits an existing one in place: sorted in where it is sorted', () => {
    const wanted = withSource(staging.manifest, 'sql-lake', { name: 'Lake', type: 'duckdb' })
    expect(writeManifest(staging, wanted)).toBe(
      staging.text.replace(
        '  store-sheets:',
        '  sql-lake:\n    name: Lake\n    type: duckdb\n  store-sheets:',
      ),
    )
  })

  it('[F16] appends where the file has its own order, and leaves `slug` and comments alone', () => {
    const wanted = withSource(adopted.manifest, 'a-lake', { name: 'Lake', type: 'duckdb' })
    expect(writeManifest(adopted, wanted)).toBe(
      adopted.text.replace('destinations:', '  a-lake:\n    name: Lake\n    type: duckdb\ndestinations:'),
    )
  })

  it('[F16] renames, retypes and takes out', () => {
    const wanted = {
      sources: new Map([['source-001', { name: 'Lake', type: 'postgres' }]]),
      destinations: new Map(),
    }
    expect(writeManifest(staging, wanted)).toBe(
      staging.text
        .replace('Warehouse (staging)', 'Lake')
        .replace('duckdb', 'postgres')
        .replace(/ {2}store-sheets:\n.*\n.*\n/, '')
        .replace(/destinations:\n[\s\S]*$/, 'destinations: {}\n'),
    )
  })
})
