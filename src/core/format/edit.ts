import type { JsonObject } from '../model/json.ts'
export function editText(_text: string, _before: JsonObject, after: JsonObject): string { return JSON.stringify(after) }
