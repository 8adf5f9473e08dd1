import type { JsonObject } from './json.ts'
import type { FileKind, Kind } from './kind.ts'

/**
 * Identity is kind + slug (F1). The slug of a contract event is `<contract>/<base name>`; every other
 * slug is its file's base name.
 */
export type ResourceRef = { readonly kind: Kind; readonly slug: string }
export type FileRef = { readonly kind: FileKind; readonly slug: string }

/** `kind:slug`, a key for maps. A kind holds no colon, so the text is unambiguous. */
export type ResourceKey = `${Kind}:${string}`

export function resourceKey(ref: ResourceRef): ResourceKey {
  return `${ref.kind}:${ref.slug}`
}

/**
 * A value as a file holds it: `source` and `destination` may be aliases, old shapes keep their nulls (F7).
 * A *workspace value* (`Value`) is that after aliases and normalisation: actual slugs, no nulls.
 */
export type FileValue = JsonObject
export type Value = JsonObject
