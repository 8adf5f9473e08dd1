import slugify from '@sindresorhus/slugify'
import type { Kind } from '../model/kind.ts'
import { utf8Length } from './jsonb-order.ts'

/** The longest new slug, in bytes (F5); file systems end at 255. */
const MAX_BYTES = 100

/**
 * A new slug for a display name (F5). `taken` answers for every slug that it must differ from, files in the
 * folder included; see `takenSlugs`. Slugs that exist are never made anew.
 */
export function newSlug(kind: Kind, name: string, taken: (slug: string) => boolean): string {
  return unique(slugify(name) || kind.replace(/s$/, ''), taken)
}

/** `destination` is what the file says: the alias when there is one. */
export function newSyncSlug(model: string, destination: string, taken: (slug: string) => boolean): string {
  return unique(`${asPart(model, 'model')}-to-${asPart(destination, 'destination')}`, taken)
}

export function newRelationshipSlug(from: string, to: string, taken: (slug: string) => boolean): string {
  return unique(`${asPart(from, 'model')}-${asPart(to, 'model')}`, taken)
}

/** `<contract>/<event>-<contract>-<version>`; `taken` is asked with the contract in front, as slugs are everywhere. */
export function newContractEventSlug(
  contract: string,
  name: string,
  version: string,
  taken: (slug: string) => boolean,
): string {
  const base = `${slugify(name) || 'event'}-${contract}-${asPart(version, '1')}`
  return `${contract}/${unique(base, (slug) => taken(`${contract}/${slug}`))}`
}

/** Two slugs that differ by case alone are one file on some file systems. */
export function takenSlugs(slugs: Iterable<string>): (slug: string) => boolean {
  const lower = new Set(Array.from(slugs, (slug) => slug.toLowerCase()))
  return (slug) => lower.has(slug.toLowerCase())
}

/** Slugs and versions are taken verbatim, but an alias may hold what no file name should. */
function asPart(text: string, otherwise: string): string {
  return /^[\p{L}\p{N}_-][\p{L}\p{N}._-]*$/u.test(text) ? text : slugify(text) || otherwise
}

function unique(base: string, taken: (slug: string) => boolean): string {
  const first = cut(base, MAX_BYTES)
  if (!taken(first)) return first
  for (let count = 2; ; count += 1) {
    const ending = `-${count}`
    const slug = cut(base, MAX_BYTES - ending.length) + ending
    if (!taken(slug)) return slug
  }
}

function cut(text: string, bytes: number): string {
  if (utf8Length(text) <= bytes) return text
  const characters = Array.from(text)
  while (utf8Length(characters.join('')) > bytes) characters.pop()
  return characters.join('').replace(/[-.]+$/, '')
}
