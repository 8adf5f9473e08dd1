import { parsePointer } from '../model/json-pointer.ts'
import { replaceAt } from '../model/replace-at.ts'
import type { FileRef, Value } from '../model/resource.ts'
import { type Reference, referencesOf } from './references.ts'

/** The value with its references spelled anew; null leaves one as it is. The same object when none changes. */
export function respell(ref: FileRef, value: Value, spell: (reference: Reference) => string | null): Value {
  return referencesOf(ref, value).reduce((spelled, reference) => {
    const slug = spell(reference)
    // A contract event's contract stands in its path: there is nothing to replace.
    if (slug === null || slug === reference.slug || reference.field === '') return spelled
    return replaceAt(spelled, parsePointer(reference.field), slug)
  }, value)
}
