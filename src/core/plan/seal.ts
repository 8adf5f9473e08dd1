import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { jsonbOrder } from '../format/jsonb-order.ts'
import type { Json } from '../model/json.ts'
import { type FileRef, resourceKey, type Value } from '../model/resource.ts'

/** One change that consent is asked for; null: the resource is not there. */
export type SealedChange = {
  readonly ref: FileRef
  /** The slug before it: another one in a rename (S18). */
  readonly from: string
  readonly before: Value | null
  readonly after: Value | null
}

/**
 * The digest by which a person approves these changes and no others (S16): SHA-256, hex, over each
 * resource with its name and value before and after. The order of the changes and of keys does not matter.
 */
export function sealOf(direction: string, changes: readonly SealedChange[]): string {
  const lines = changes
    .map(({ ref, from, before, after }): [string, string, Json, Json] => [
      resourceKey(ref),
      from,
      before,
      after,
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(jsonbOrder([direction, lines])))))
}
