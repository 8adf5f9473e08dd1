import { expect, it } from 'vitest'
import { parseListSearch, parseSchemaSearch, parseSignInSearch } from './search.ts'

it('[W1] keeps filter, sort and view in the URL and drops the rest', () => {
  expect(parseSchemaSearch({ q: 42, view: 'list', sort: 'kind', desc: true, focus: 'users', x: 1 })).toEqual({
    q: '42',
    view: 'list',
    sort: 'kind',
    desc: true,
    focus: 'users',
  })
  expect(parseSchemaSearch({ view: 'canvas' })).toEqual({ view: 'canvas' })
  expect(parseSchemaSearch({ view: 'map' })).toEqual({})
  expect(parseListSearch({ q: '', sort: 'constructor', desc: 'yes' })).toEqual({})
})

it('[Z8] goes on after sign-in only to a path of this page', () => {
  expect(parseSignInSearch({ next: '/staging/schema?view=list' })).toEqual({
    next: '/staging/schema?view=list',
  })
  for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    expect(parseSignInSearch({ next })).toEqual({})
  }
})
