/** The names closest to a misspelt one, best first: at most three, and only those a typo could explain. */
export function nearest(name: string, known: Iterable<string>): string[] {
  const wanted = name.toLowerCase()
  const bound = Math.max(1, Math.round(wanted.length * 0.4))
  const scored: { name: string; score: number }[] = []
  for (const candidate of known) {
    const score = nameDistance(wanted, candidate.toLowerCase(), bound)
    if (score <= bound) scored.push({ name: candidate, score })
  }
  return scored
    .sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map((entry) => entry.name)
}

/** A name without its schema counts as near to the same name in any schema. */
function nameDistance(wanted: string, candidate: string, bound: number): number {
  if (!wanted.includes('.') && candidate.includes('.')) {
    return editDistance(wanted, candidate.slice(candidate.lastIndexOf('.') + 1), bound)
  }
  const last = wanted.slice(wanted.lastIndexOf('.') + 1)
  if (last === candidate.slice(candidate.lastIndexOf('.') + 1)) return Math.min(1, bound)
  return editDistance(wanted, candidate, bound)
}

function editDistance(a: string, b: string, bound: number): number {
  if (Math.abs(a.length - b.length) > bound) return bound + 1
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitute))
    }
    row = next
  }
  return row[b.length] ?? bound + 1
}

/** `Did you mean a, b or c?`, or null when nothing is near. */
export function didYouMean(name: string, known: Iterable<string>): string | null {
  const names = nearest(name, known)
  if (names.length === 0) return null
  const last = names[names.length - 1]
  return names.length === 1
    ? `Did you mean ${last}?`
    : `Did you mean ${names.slice(0, -1).join(', ')} or ${last}?`
}
