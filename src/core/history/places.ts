/** What a commit did to the files: those that it took away and brought, and which of them are the same (new → gone). */
export type Step = {
  readonly gone: readonly string[]
  readonly added: readonly string[]
  readonly moves: ReadonlyMap<string, string>
}

/**
 * Where the files of an earlier commit lie at a later one, as far as that is not the same path: null for a
 * file that was deleted on the way, whatever lies at its path later.
 */
export type Places = ReadonlyMap<string, string | null>

export const SAME_PLACES: Places = new Map()

export function placeOf(places: Places, path: string): string | null {
  const place = places.get(path)
  return place === undefined ? path : place
}

/** From the places of a commit's files to those of its parent's files. */
export function stepBack(places: Places, { gone, added, moves }: Step): Places {
  if (gone.length + added.length === 0) return places
  const before = new Map(places)
  for (const path of added) before.delete(path)
  for (const path of gone) before.set(path, null)
  for (const [to, from] of moves) before.set(from, placeOf(places, to))
  return before
}

/** Two ways back to one commit: what one of them lost, the other may have followed. */
export function joinPlaces(a: Places, b: Places): Places {
  const paths = new Set([...a.keys(), ...b.keys()])
  return new Map([...paths].map((path) => [path, placeOf(a, path) ?? placeOf(b, path)]))
}
