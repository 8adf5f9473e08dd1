import type { Catalog, Reference } from '../lint/references.ts'
import { type JsonObject, own } from '../model/json.ts'
import { type Kind, MODEL_KINDS, SCHEMA_MODEL_KINDS } from '../model/kind.ts'
import { type ResourceKey, resourceKey } from '../model/resource.ts'

/** The kinds that a reference may mean, the preferred one first (F21). */
export const TARGET_KINDS: Readonly<Record<Reference['target'], readonly Kind[]>> = {
  source: ['sources'],
  destination: ['destinations'],
  'schema-model': SCHEMA_MODEL_KINDS,
  model: MODEL_KINDS,
  relationship: ['model-relationships'],
  contract: ['event-contracts'],
}

/** The targets under which references may name a resource of this kind. */
export function targetsOf(kind: Kind): readonly Reference['target'][] {
  return ALL_TARGETS.filter((target) => TARGET_KINDS[target].includes(kind))
}
const ALL_TARGETS = Object.keys(TARGET_KINDS) as Reference['target'][] // keys of a total Record

/** What a side holds, as far as references need to know: `source` is left out where it is not known. */
export type CatalogItem = { readonly source?: string }

export function catalogOf(
  get: (key: ResourceKey) => CatalogItem | undefined,
  names: (kind: Kind) => Iterable<string>,
): Catalog {
  return {
    find(target, slug) {
      for (const kind of TARGET_KINDS[target]) {
        const item = get(resourceKey({ kind, slug }))
        if (item) return { kind, slug, ...item }
      }
      return undefined
    },
    *names(target) {
      for (const kind of TARGET_KINDS[target]) yield* names(kind)
    },
  }
}

export function catalogItem(value: JsonObject): CatalogItem {
  const source = own(value, 'source')
  return typeof source === 'string' ? { source } : {}
}
