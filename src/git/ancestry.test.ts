import { expect, it } from 'vitest'
import { isKnownAncestor, rememberAncestor } from './ancestry.ts'

it('[S30] knows of ancestors by way of others, and nothing the other way round', () => {
  rememberAncestor('one', 'two')
  rememberAncestor('two', 'three')
  rememberAncestor('other', 'four')
  expect([
    isKnownAncestor('one', 'three'),
    isKnownAncestor('one', 'three'),
    isKnownAncestor('three', 'one'),
    isKnownAncestor('one', 'four'),
    isKnownAncestor('one', 'unheard of'),
  ]).toEqual([true, true, false, false, false])
})
