import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8Length } from './jsonb-order.ts'
import { newContractEventSlug, newRelationshipSlug, newSlug, newSyncSlug, takenSlugs } from './slug.ts'

const free = () => false

describe('newSlug', () => {
  it.each([
    ['HubSpot', 'hub-spot'],
    ['B2C', 'b2-c'],
    ['Plants 🌱', 'plants'],
    [' leading space', 'leading-space'],
    ['Déjà Vu!', 'deja-vu'],
    ['я люблю', 'ya-lyublyu'],
  ])('[F5] makes %j to %j', (name, slug) => {
    expect(newSlug('models', name, free)).toBe(slug)
  })

  it("[F5] falls back to the kind's name", () => {
    expect(newSlug('parent-models', '🌱', free)).toBe('parent-model')
    expect(newSlug('sources', '', free)).toBe('source')
  })

  it('[F5] counts up until it is unique, by more than case', () => {
    expect(newSlug('models', 'Users', takenSlugs(['USERS', 'users-2', 'users-4']))).toBe('users-3')
  })

  it('[F5] is at most 100 bytes, the count included', () => {
    const long = `${'a'.repeat(99)} b`
    expect(newSlug('models', long, free)).toBe('a'.repeat(99))
    expect(newSlug('models', 'a'.repeat(300), takenSlugs(['a'.repeat(100)]))).toBe(`${'a'.repeat(98)}-2`)
  })

  it('[F5] always finds a free slug of at most 100 bytes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'grapheme' }), fc.nat(20), (name, count) => {
        const slugs: string[] = []
        for (let i = 0; i <= count; i += 1) slugs.push(newSlug('syncs', name, takenSlugs(slugs)))
        expect(new Set(slugs).size).toBe(slugs.length)
        expect(slugs.every((slug) => slug !== '' && utf8Length(slug) <= 100)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })
})

describe('slugs of what joins two', () => {
  it('[F5] names a sync and a relationship by their ends, as they are spelled', () => {
    expect(newSyncSlug('testModel3', 'crm-platform', free)).toBe('testModel3-to-crm-platform')
    expect(newRelationshipSlug('users', 'purchases', takenSlugs(['users-purchases']))).toBe(
      'users-purchases-2',
    )
  })

  it('[F5] lets no alias lead out of the folder', () => {
    expect(newSyncSlug('m', '../../etc/passwd', free)).toBe('m-to-etc-passwd')
    expect(newSyncSlug('m', '/', free)).toBe('m-to-destination')
  })

  it('[F5] names a contract event by event, contract and version', () => {
    expect(newContractEventSlug('web', 'Plant Viewed', '1.0.0', free)).toBe('web/plant-viewed-web-1.0.0')
    expect(
      newContractEventSlug('web', 'Plant Viewed', '1.0.0', takenSlugs(['web/plant-viewed-web-1.0.0'])),
    ).toBe('web/plant-viewed-web-1.0.0-2')
  })
})
