import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { DIAGNOSTIC_CODES } from './diagnostic.ts'

it('[F18] every code is documented, and every documented code exists', () => {
  const spec = readFileSync(new URL('../../../docs/spec/format.md', import.meta.url), 'utf8')
  const table = spec.slice(spec.indexOf('## Diagnostic codes'))
  const documented = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell]) =>
    [...(cell ?? '').matchAll(/`([a-z0-9-]+)`/g)].map(([, code]) => code),
  )
  expect(documented.toSorted()).toEqual(DIAGNOSTIC_CODES.toSorted())
})
