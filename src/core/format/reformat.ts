import { CORE_SCHEMA, load } from 'js-yaml'
import { sameJson } from '../model/json.ts'
import type { FileKind } from '../model/kind.ts'
import type { FileValue } from '../model/resource.ts'
import { type PersonStyle, personStyle } from './person-style.ts'
import { printResource } from './print.ts'

export type Reformatted =
  | { readonly kind: 'canonical' }
  /** `loses` is what the person wrote and the new text has not. */
  | { readonly kind: 'changed'; readonly text: string; readonly loses: PersonStyle }
  /** js-yaml cannot print this value so that it reads back the same. */
  | { readonly kind: 'unprintable' }

/** The canonical text of a file (F12), only when it holds the same value. */
export function reformat(kind: FileKind, text: string, value: FileValue): Reformatted {
  const printed = printResource(kind, value)
  if (printed === text) return { kind: 'canonical' }
  if (!sameJson(load(printed, { schema: CORE_SCHEMA }) as FileValue, value)) return { kind: 'unprintable' }
  return { kind: 'changed', text: printed, loses: personStyle(text) }
}
