import * as z from 'zod'
import { isObject, type JsonObject } from '../model/json.ts'

/**
 * A free-form object, passed on as it is: zod's own object schemas drop a key named `__proto__`, which is
 * data like any other (F19).
 */
export const FreeForm = z
  .custom<JsonObject>((value) => isObject(value), { error: 'Expected an object' })
  .meta({ type: 'object', description: 'Any JSON object', additionalProperties: true })
