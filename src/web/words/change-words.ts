import { type JsonObject, own, sameJson } from '../../core/model/json.ts'
import { listWords } from './count.ts'
import { fieldWord } from './field-words.ts'

/** The top-level keys whose values differ, in the order of `after`, then those that are gone. */
export function changedKeys(before: JsonObject, after: JsonObject): string[] {
  const keys = new Set([...Object.keys(after), ...Object.keys(before)])
  return [...keys].filter((key) => !sameJson(own(before, key), own(after, key)))
}

/** What the save bar says: `Name, SQL and primary key changed`, `Description added`. */
export function changeWords(before: JsonObject, after: JsonObject): string {
  const keys = changedKeys(before, after)
  const added = keys.filter((key) => isEmpty(own(before, key)))
  const removed = keys.filter((key) => !added.includes(key) && isEmpty(own(after, key)))
  const changed = keys.filter((key) => !added.includes(key) && !removed.includes(key))
  const parts = [part(changed, 'changed'), part(added, 'added'), part(removed, 'removed')].filter(
    (text) => text !== '',
  )
  const text = parts.join('; ')
  return text === '' ? 'Nothing changed' : text.charAt(0).toUpperCase() + text.slice(1)
}

function part(keys: readonly string[], verb: string): string {
  return keys.length === 0 ? '' : `${listWords(keys.map(fieldWord))} ${verb}`
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
