/** What a value may look like: read by `checkShape` and printed as JSON Schema, so that the two agree. */
export type Shape =
  | { readonly kind: 'text' }
  /** Text out of a closed set. */
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'list'; readonly of: Shape; readonly atLeast: number }
  /** A mapping with known keys; others are kept and reported (F15). */
  | { readonly kind: 'fields'; readonly fields: Fields }
  /** A mapping from any key to one shape. */
  | { readonly kind: 'record'; readonly of: Shape }
  /** A mapping with any keys, of which some are known; nothing is reported about the others (F10). */
  | { readonly kind: 'open'; readonly fields: Fields }
  | { readonly kind: 'either'; readonly of: readonly Shape[] }
  | { readonly kind: 'anything' }

export type FieldShape = { readonly shape: Shape; readonly required: boolean }
export type Fields = { readonly [key: string]: FieldShape }

export const text: Shape = { kind: 'text' }
export const boolean: Shape = { kind: 'boolean' }
export const anything: Shape = { kind: 'anything' }
/** A mapping whose content is nobody's business but the engine's that runs it (F10). */
export const freeForm: Shape = { kind: 'open', fields: {} }

export function choice(...of: readonly string[]): Shape {
  return { kind: 'choice', of }
}
export function number(min: number, max: number): Shape {
  return { kind: 'number', min, max }
}
export function list(of: Shape, atLeast = 0): Shape {
  return { kind: 'list', of, atLeast }
}
export function fields(known: Fields): Shape {
  return { kind: 'fields', fields: known }
}
export function open(known: Fields): Shape {
  return { kind: 'open', fields: known }
}
export function record(of: Shape): Shape {
  return { kind: 'record', of }
}
export function either(...of: readonly Shape[]): Shape {
  return { kind: 'either', of }
}
export function must(shape: Shape): FieldShape {
  return { shape, required: true }
}
export function may(shape: Shape): FieldShape {
  return { shape, required: false }
}
