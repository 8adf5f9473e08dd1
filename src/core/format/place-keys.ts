/**
 * Where new keys go among the keys that a person ordered: the kept keys stay as they stand, each new one
 * follows its predecessor of the wanted order, and without one it precedes its nearest successor.
 */
export function placeKeys(own: readonly string[], wanted: readonly string[]): string[] {
  const kept = new Set(own)
  const result = own.filter((key) => wanted.includes(key))
  const successor = wanted.find((key) => kept.has(key))
  let at = successor === undefined ? 0 : result.indexOf(successor)
  for (const key of wanted) {
    if (kept.has(key)) at = result.indexOf(key)
    else result.splice(at, 0, key)
    at += 1
  }
  return result
}
