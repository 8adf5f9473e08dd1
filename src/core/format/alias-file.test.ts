import { CORE_SCHEMA, load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import type { Aliases } from '../environments/aliases.ts'
import { writeAliasFile } from './alias-file.ts'

function aliases(sources: Record<string, string>, destinations: Record<string, string> = {}): Aliases {
  return { sources: new Map(Object.entries(sources)), destinations: new Map(Object.entries(destinations)) }
}

describe('writeAliasFile', () => {
  it('[F17] creates comments only: an explanation and one example that holds', () => {
    const text = writeAliasFile(null, aliases({}))
    expect(text.split('\n').every((line) => line === '' || line.startsWith('#'))).toBe(true)
    const example = text.slice(text.indexOf('# sources:')).replaceAll(/^# ?/gm, '')
    expect(load(example, { schema: CORE_SCHEMA })).toEqual({
      sources: { 'main-database': 'source-001' },
      destinations: { 'crm-platform': 'destination-001' },
    })
  })

  it('[F17] writes the first alias below the comments', () => {
    const empty = writeAliasFile(null, aliases({}))
    const body = 'sources:\n  main: source-1\n'
    expect(writeAliasFile(empty, aliases({ main: 'source-1' }))).toBe(empty + body)
    expect(writeAliasFile(null, aliases({ main: 'source-1' }))).toBe(`${empty}\n${body}`)
  })

  it('[F17] [F14] edits what a person wrote in place', () => {
    const text = `# ours
sources:
    zeta: s-1   # the big one
    "main": 's-2'
# until spring
destinations: {crm: d-1}
`
    expect(writeAliasFile(text, aliases({ zeta: 's-1', main: 's-2' }, { crm: 'd-1' }))).toBe(text)
    expect(
      writeAliasFile(text, aliases({ zeta: 's-9', main: 's-2', alpha: 's-3' }, { crm: 'd-1', ads: 'd-2' })),
    ).toBe(
      text
        .replace('s-1', 's-9')
        .replace("'s-2'\n", "'s-2'\n    alpha: s-3\n")
        .replace('{crm', '{ads: d-2, crm'),
    )
    expect(writeAliasFile(text, aliases({ main: 's-2' }))).toBe(
      text.replace('    zeta: s-1   # the big one\n', '').replace('{crm: d-1}', '{}'),
    )
  })
})
