import { expect, it } from 'vitest'
import { jsonSchema } from './json-schema.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { readResource } from './read-file.ts'

function codes(number: string): string[] {
  const text = `name: N\nsource: s\ntype: table\ntableName: t\nprimaryKey: id\nx: ${number}\n`
  const read = readResource('models/n.yaml', { kind: 'models', slug: 'n' }, text, DEFAULT_LIMITS)
  return read.kind === 'guest' ? ['guest'] : read.diagnostics.map(({ code }) => code)
}

it.each([
  '9007199254740993',
  '-9007199254740993',
  '0x20000000000001',
  '12345678901234567890',
  '1e300',
  '.inf',
])('[F10] %s cannot be held exactly', (number) => expect(codes(number)).toContain('wrong-value'))

it.each(['9007199254740991', '-9007199254740991', '0.1', '1e-7'])('[F10] %s can', (number) =>
  expect(codes(number)).toEqual(['unknown-key']),
)

it('[F22] the JSON Schema has the same bounds', () => {
  expect(jsonSchema('models')).toHaveProperty('$defs.value.anyOf.2', {
    type: 'number',
    minimum: -9007199254740991,
    maximum: 9007199254740991,
  })
})
