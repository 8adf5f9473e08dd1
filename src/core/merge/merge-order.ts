import { sameJson } from '../model/json.ts'

type Names = readonly string[]

/**
 * The order of the names that both sides have, null when each side ordered them in its own way. Where one
 * side alone moved what the base has, its order holds. What both added must have come behind the same name.
 */
export function sharedOrder(base: Names, ours: Names, theirs: Names): Names | null {
  const [a, b] = [keep(ours, theirs), keep(theirs, ours)]
  if (sameJson(a, b)) return a
  const old = keep(base, a)
  const [behindA, behindB] = [predecessors(a), predecessors(b)]
  if (without(a, old).some((name) => behindA.get(name) !== behindB.get(name))) return null
  if (sameJson(keep(a, old), old)) return b
  return sameJson(keep(b, old), old) ? a : null
}

/**
 * All names of both sides: those that are not in `spine` follow the one that they follow on their side.
 * Where both sides put some, those that come first by name go first, so that no side is preferred.
 */
export function weave(spine: Names, ours: Names, theirs: Names): string[] {
  const sides = [ours, theirs].map((names) => runsBehind(new Set(spine), names))
  const behind = (anchor: string | null) =>
    sides
      .map((runs) => runs.get(anchor) ?? [])
      .filter((run) => run.length > 0)
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1))
      .flat()
  return [...behind(null), ...spine.flatMap((name) => [name, ...behind(name)])]
}

function keep(names: Names, others: Names): string[] {
  const kept = new Set(others)
  return names.filter((name) => kept.has(name))
}

function without(names: Names, others: Names): string[] {
  const gone = new Set(others)
  return names.filter((name) => !gone.has(name))
}

function predecessors(names: Names): Map<string, string | undefined> {
  return new Map(names.map((name, i) => [name, names[i - 1]]))
}

/** The names outside of the spine, under the name of the spine that they follow; null: under none. */
function runsBehind(spine: ReadonlySet<string>, names: Names): Map<string | null, string[]> {
  const runs = new Map<string | null, string[]>([[null, []]])
  let run = runs.get(null)
  for (const name of names) {
    if (spine.has(name)) {
      run = []
      runs.set(name, run)
    } else run?.push(name)
  }
  return runs
}
