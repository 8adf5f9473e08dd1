import { expect, it } from 'vitest'
import { usedAsWords } from './used-as-words.ts'

it('[W2] says as what a relationship takes a model, and elsewhere in which field where there are several', () => {
  expect([
    usedAsWords({ kind: 'model-relationships', field: '/from/slug' }),
    usedAsWords({ kind: 'model-relationships', field: '/to' }),
    usedAsWords({ kind: 'model-relationships', field: '/through/0' }),
    usedAsWords({ kind: 'parent-models', field: '/source' }),
  ]).toEqual([
    'Relationship, as the From model',
    'Relationship, as the To model',
    'Relationship, in path through relationships › 1',
    'Parent model',
  ])
})
