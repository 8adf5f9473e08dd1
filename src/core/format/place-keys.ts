/**
 * Where new keys go among the keys that a person ordered: the kept keys stay as they stand, each new one
 * follows its predecessor of the wanted order, and without one it precedes its nearest successor.
 */
export function placeKeys(own: readonly string[], wanted: readonly string[]): string[] {
  const [existing, kept] = [new Set(own), new Set(wanted)]
  const first: string[] = []
  const behind = new Map<string, string[]>()
  let group = first
  for (const key of wanted) {
    if (existing.has(key)) {
      group = []
      behind.set(key, group)
    } else group.push(key)
  }
  const [successor] = behind.keys()
  const placed = own
    .filter((key) => kept.has(key))
    .flatMap((key) => [...(key === successor ? first : []), key, ...(behind.get(key) ?? [])])
  return successor === undefined ? first : placed
}
