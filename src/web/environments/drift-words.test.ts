import { expect, it } from 'vitest'
import { driftWords } from './drift-words.ts'

const told = (...counts: number[]) =>
  driftWords({
    from: 'staging',
    to: 'production',
    days: counts.map((differing, i) => ({ day: `2026-03-0${i + 1}`, differing })),
  })

it('[W7] says in a sentence how far apart two workspaces were', () => {
  expect([told(3), told(2, 2), told(0, 0), told(0, 7, 1)]).toEqual([
    'staging and production share only today so far: the line begins tomorrow.',
    'Nothing moved them apart or together since March 1: 2 resources differed all the time.',
    'Nothing moved them apart or together since March 1: no resources differed all the time.',
    'No resources differed on March 1, 1 resource today; the most were 7, on March 2.',
  ])
})
