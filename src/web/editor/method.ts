import { QUERY_KEY_OF_TYPE, QUERY_KEYS } from '../../core/model/fields.ts'
import { type JsonObject, own, withKey, withoutKey } from '../../core/model/json.ts'

/** Another method (F7): its query key stays or comes back from before, the other methods' go. */
export function withMethod(value: JsonObject, type: string, remembered: JsonObject): JsonObject {
  const wanted = QUERY_KEY_OF_TYPE[type]
  const bare = QUERY_KEYS.filter((key) => key !== wanted).reduce(withoutKey, value)
  const typed = withKey(bare, 'type', type)
  if (wanted === undefined || own(typed, wanted) !== undefined) return typed
  return withKey(typed, wanted, own(remembered, wanted) ?? (wanted === 'customQuery' ? {} : ''))
}

/** The query texts of a value, to bring them back when a person returns to a method. */
export function queriesOf(value: JsonObject): JsonObject {
  return Object.fromEntries(
    QUERY_KEYS.flatMap((key) => (own(value, key) === undefined ? [] : [[key, own(value, key) ?? null]])),
  )
}
