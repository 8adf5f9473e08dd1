import { expect, it } from 'vitest'
import { nameClash } from './name-clash.ts'

const conflict = (
  slug: string,
  path: string | null,
  cause: { kind: 'models' | 'related-models'; slug: string },
) => nameClash({ kind: 'parent-models', slug, path, causes: [cause] })

it('[S18] [S28] tells a name that is taken from what does not go together for another reason', () => {
  const taken = { kind: 'related-models', slug: 'buyers' } as const
  expect(conflict('users', 'schema/parent-models/buyers.yaml', taken)).toEqual(taken)
  expect(conflict('buyers', null, taken)).toEqual(taken)
  expect(conflict('users', 'schema/parent-models/people.yaml', taken)).toBeNull()
  expect(conflict('users', null, { kind: 'models', slug: 'users' })).toBeNull()
})
