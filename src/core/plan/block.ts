import type { FileRef } from '../model/resource.ts'
import { refOf } from './decide.ts'
import type { Pair } from './snapshot.ts'
import { flowsIn, flowsOut, type Standing } from './standing.ts'

/** One pass over the pairs, which takes flows away in place. */
export type Pass = { readonly pairs: readonly Pair[]; readonly standings: Standing[] }

/** A joint conflict (S28). `others`: what it does not go together with. */
export function conflict(
  { pairs, standings }: Pass,
  i: number,
  others: readonly number[],
  why?: string,
): true {
  const causes = refsOf(pairs, others)
  const names = wordsOf(causes)
  const together = names
    ? `It does not go together with the other side's change of ${names}`
    : 'It does not fit the other side'
  standings[i] = { kind: 'conflict', reason: why ?? together, fields: [], causes }
  return true
}

/** No side that is taken gives both of them the name. */
export function nameTaken({ slug }: FileRef): string {
  return `Another resource has the name ${slug} here: rename one of the two`
}

export function wait(
  { pairs, standings }: Pass,
  i: number,
  direction: 'inbound' | 'outbound',
  others: readonly number[],
): true {
  const waitsFor = refsOf(pairs, others)
  const reason = `It needs ${wordsOf(waitsFor)}, which cannot go yet`
  // A merge that waits keeps its saves back too.
  const waiting = standings[i]?.kind === 'merge' ? 'outbound' : direction
  standings[i] = { kind: 'waiting', direction: waiting, reason, waitsFor }
  return true
}

/** It waits for them, or does not go together with what the other side does to them. */
export function waitOrConflict(
  pass: Pass,
  i: number,
  direction: 'inbound' | 'outbound',
  others: readonly number[],
): true {
  const opposite = direction === 'inbound' ? flowsOut : flowsIn
  const against = others.filter((j) => opposite(pass.standings[j]))
  return against.length > 0 ? conflict(pass, i, against) : wait(pass, i, direction, others)
}

/** It is not what both sides will agree on after this run. */
export function stays(standing: Standing | undefined): boolean {
  const kind = standing?.kind
  return kind === 'conflict' || kind === 'waiting' || kind === 'held' || kind === 'left'
}

export function refsOf(pairs: readonly Pair[], indices: readonly number[]): FileRef[] {
  return [...new Set(indices)].flatMap((j) => {
    const pair = pairs[j]
    return pair ? [refOf(pair)] : []
  })
}

function wordsOf(refs: readonly FileRef[]): string {
  return refs.map(({ kind, slug }) => `${kind}/${slug}`).join(', ')
}
