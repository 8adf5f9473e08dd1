/** F21: the names that a mistyped one may have meant, nearest first, at most three. */
export function nearestNames(wanted: string, names: Iterable<string>): string[] {
  const near: { readonly name: string; readonly distance: number }[] = []
  const bound = Math.max(1, Math.floor(wanted.length / 3))
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) > bound) continue
    const distance = editDistance(wanted.toLowerCase(), name.toLowerCase(), bound)
    if (distance <= bound) near.push({ name, distance })
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
  return [...new Set(near.map(({ name }) => name))].slice(0, 3)
}

/** Longer names are not compared: a slug has at most 100 bytes (F5), and a hostile one may have a million. */
const LONGEST = 200

/** Levenshtein's distance with swapped neighbours as one step; more than `bound` as soon as that is certain. */
function editDistance(a: string, b: string, bound: number): number {
  if (a === b) return 0
  if (a.length > LONGEST || b.length > LONGEST) return bound + 1
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, at(beforePrevious, j - 2) + 1)
      }
      row.push(best)
    }
    if (Math.min(...row) > bound) return bound + 1
    beforePrevious = previous
    previous = row
  }
  return at(previous, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}

/** `Did you mean \`a\` or \`b\`?` */
export function didYouMean(names: readonly string[]): string | null {
  if (names.length === 0) return null
  const quoted = names.map((name) => `\`${name}\``)
  const last = quoted.pop()
  return `Did you mean ${quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`}?`
}
