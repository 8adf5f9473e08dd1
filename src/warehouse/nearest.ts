import { didYouMean as ask, nearestNames } from '../core/lint/nearest.ts'

/**
 * The names that a missing table's or column's may have meant: near as a whole, else near without the
 * schema. At most three.
 */
export function nearest(name: string, known: Iterable<string>): string[] {
  const names = [...known]
  const tables = new Set(nearestNames(lastPart(name), names.map(lastPart)))
  const byTable = names.filter((candidate) => tables.has(lastPart(candidate)))
  return [...new Set([...nearestNames(name, names), ...byTable])].slice(0, 3)
}

export function didYouMean(name: string, known: Iterable<string>): string | null {
  return ask(nearest(name, known))
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}
