import fc from 'fast-check'
import { dump } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import type { Json } from '../model/json.ts'
import { isObject } from '../model/json.ts'
import type { Path } from '../model/json-pointer.ts'
import { locate } from './locate.ts'

const TEXT = `# a comment
name: Users   # another
"quoted": 'x'
from: {slug: users, columns: [a, b, {c: d}]}
list:
  - one
  -
  - k: 1
    l:
      - deep
folded: >-
  text that
  goes on
? explicit
: value
anchored: &here
  in: 1
alias: *here
empty:
`

describe('where a finding stands', () => {
  it.each<[Path, 'key' | 'value', number, number]>([
    [[], 'value', 1, 1],
    [['name'], 'key', 2, 1],
    [['name'], 'value', 2, 7],
    [['quoted'], 'key', 3, 1],
    [['quoted'], 'value', 3, 11],
    [['from'], 'value', 4, 7],
    [['from', 'slug'], 'key', 4, 8],
    [['from', 'slug'], 'value', 4, 14],
    [['from', 'columns', 1], 'value', 4, 34],
    [['from', 'columns', 2, 'c'], 'value', 4, 41],
    // a block is looked for at its key
    [['list'], 'value', 5, 1],
    [['list', 0], 'value', 6, 5],
    [['list', 2], 'value', 8, 5],
    [['list', 2, 'k'], 'value', 8, 8],
    [['list', 2, 'l', 0], 'value', 10, 9],
    // an item that is not written stands nowhere
    [['list', 1], 'value', 5, 1],
    [['folded'], 'value', 11, 9],
    [['explicit'], 'key', 14, 3],
    [['anchored', 'in'], 'value', 17, 7],
    [['alias'], 'value', 18, 8],
    [['alias', 'in'], 'value', 18, 1],
    [['empty'], 'value', 19, 1],
    [['from', 'missing'], 'key', 4, 1],
    [['missing', 'deeper'], 'key', 1, 1],
  ])('[F18] %j, %s: line %i, column %i', (path, at, line, column) => {
    expect(locate(TEXT, { path, at })).toEqual({ line, column })
  })

  it('[F18] columns count UTF-16 units, after a byte order mark', () => {
    expect(locate('\uFEFFk🌱: {é: x}\r\nb: y\r\n', { path: ['k🌱', 'é'], at: 'value' })).toEqual({
      line: 1,
      column: 10,
    })
    expect(locate('\uFEFFk🌱: {é: x}\r\nb: y\r\n', { path: ['b'], at: 'value' })).toEqual({
      line: 2,
      column: 4,
    })
  })

  it('[F18] in a text that cannot be read it is the beginning', () => {
    expect(locate('a: [', { path: ['a'], at: 'key' })).toEqual({ line: 1, column: 1 })
  })

  it('[F18] every key and every scalar of a printed value is found where it stands', () => {
    const tree = fc.letrec<{ node: Json }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant('leaf'),
        fc.array(tie('node'), { maxLength: 4 }),
        fc
          .array(tie('node'), { maxLength: 4 })
          .map((items) => Object.fromEntries(items.map((item, i) => [`p${i}`, item]))),
      ),
    })).node
    fc.assert(
      fc.property(tree, fc.integer({ min: -1, max: 4 }), (shape, flowLevel) => {
        let count = 0
        const name = (node: Json): Json => {
          if (typeof node === 'string') return `v${count++}x`
          if (Array.isArray(node)) return node.map(name)
          if (!isObject(node)) return node
          return Object.fromEntries(Object.values(node).map((item) => [`k${count++}x`, name(item)]))
        }
        const value = name(shape)
        const text = dump(value, { flowLevel })
        const lines = text.split('\n')
        const visit = (node: Json, path: Path): void => {
          const last = path.at(-1)
          if (typeof last === 'string') {
            const { line, column } = locate(text, { path, at: 'key' })
            expect(lines[line - 1]?.slice(column - 1)).toMatch(new RegExp(`^${last}:`))
          }
          if (typeof node === 'string' && path.length > 0) {
            const { line, column } = locate(text, { path, at: 'value' })
            expect(lines[line - 1]?.slice(column - 1)).toMatch(new RegExp(`^${node}`))
          }
          if (Array.isArray(node)) for (const [i, item] of node.entries()) visit(item, [...path, i])
          else if (isObject(node)) for (const [key, item] of Object.entries(node)) visit(item, [...path, key])
        }
        visit(value, [])
      }),
      { numRuns: 300 },
    )
  })
})
