import type { FileKind } from '../model/kind.ts'
import type { FileValue } from '../model/resource.ts'
import { editText } from './edit.ts'
import { orderLike } from './key-order.ts'
import { normalize, sameValue } from './normalize.ts'
import { isCanonical, printOrdered, printResource } from './print.ts'

/**
 * The text of a file that is to hold `value`. An equal value writes nothing (F13); a file in canonical text
 * stays canonical (F12); in any other the person owns the style and the change is edited in place (F14).
 */
export function writeResource(
  kind: FileKind,
  existing: { readonly text: string; readonly value: FileValue } | null,
  value: FileValue,
): string {
  if (existing === null) return printResource(kind, value)
  if (sameValue(kind, normalize(kind, existing.value), normalize(kind, value))) return existing.text
  const ordered = orderLike(kind, existing.value, value)
  return isCanonical(kind, existing.text, existing.value)
    ? printOrdered(ordered)
    : editText(existing.text, existing.value, ordered)
}
