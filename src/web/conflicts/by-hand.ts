import { isObject, type Json, own, withKey } from '../../core/model/json.ts'
import type { MergeFieldWire } from '../../core/wire/plan.ts'
import { differingKeys } from './conflict-words.ts'

/** How a person writes the value of a field: as one line, as text, as the SQL of a group, or as JSON. */
export type Hand = 'line' | 'text' | 'sql' | 'json'

export function handOf(field: MergeFieldWire): Hand {
  if (isSqlAlone(field)) return 'sql'
  const sides = [field.base, field.ours, field.theirs].filter((side) => side !== undefined)
  if (!sides.every((side) => typeof side === 'string')) return 'json'
  return sides.some((side) => side.includes('\n') || side.length > 80) ? 'text' : 'line'
}

/** The SQL of both sides, to be shown beside each other; null: a side has none. */
export function sqlSides({
  ours,
  theirs,
}: MergeFieldWire): { readonly ours: string; readonly theirs: string } | null {
  const [here, there] = [sqlOf(ours), sqlOf(theirs)]
  return here === null || there === null || here === there ? null : { ours: here, theirs: there }
}

function isSqlAlone(field: MergeFieldWire): boolean {
  return sqlSides(field) !== null && differingKeys(field).join() === 'rawSql'
}

function sqlOf(side: unknown): string | null {
  const sql = isObject(side) ? own(side, 'rawSql') : undefined
  return typeof sql === 'string' ? sql : null
}

/** Where writing by hand begins: with what the workspace has, else with Git's. */
export function startOf({ ours, theirs }: MergeFieldWire): Json {
  // Both came as JSON.
  return (ours ?? theirs ?? '') as Json
}

export function printHand(hand: Hand, value: Json): string {
  if (hand === 'sql') return sqlOf(value) ?? ''
  return typeof value === 'string' && hand !== 'json' ? value : JSON.stringify(value, null, 2)
}

export type Written =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'broken'; readonly message: string }

/** What a text means as the value of the field. */
export function readHand(hand: Hand, field: MergeFieldWire, text: string): Written {
  if (hand === 'line' || hand === 'text') return { kind: 'value', value: text }
  if (hand === 'sql') {
    const start = startOf(field)
    return { kind: 'value', value: isObject(start) ? withKey(start, 'rawSql', text) : text }
  }
  try {
    // Parsed JSON is Json.
    return { kind: 'value', value: JSON.parse(text) as Json }
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message : 'it does not parse'
    return { kind: 'broken', message: `This is not JSON yet: ${why}.` }
  }
}
