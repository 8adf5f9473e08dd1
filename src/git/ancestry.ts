/*
 * What git has said of ancestors, for the whole process. It stays true whatever becomes of a cache: a commit's id
 * is made of those of its ancestors.
 */

const KEPT = 10_000
/** A commit → one of its ancestors. */
const ancestors = new Map<string, string>()

export function rememberAncestor(ancestor: string, descendant: string): void {
  ancestors.delete(descendant)
  ancestors.set(descendant, ancestor)
  const oldest = ancestors.size > KEPT ? ancestors.keys().next().value : undefined
  if (oldest !== undefined) ancestors.delete(oldest)
}

/** False says nothing. */
export function isKnownAncestor(ancestor: string, descendant: string): boolean {
  let at: string | undefined = descendant
  for (let step = 0; at !== undefined && step < KEPT; step += 1) {
    at = ancestors.get(at)
    if (at !== ancestor) continue
    // The next walk from here is short.
    rememberAncestor(ancestor, descendant)
    return true
  }
  return false
}
