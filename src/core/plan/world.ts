import { type Catalog, checkReferences } from '../lint/references.ts'
import type { Finding } from '../model/diagnostic.ts'
import { printPointer } from '../model/json-pointer.ts'
import { isConnectionKind, isSchemaModelKind, SCHEMA_MODEL_KINDS } from '../model/kind.ts'
import { type FileRef, type ResourceKey, resourceKey, type Value } from '../model/resource.ts'
import { catalogItem, catalogOf } from './catalog.ts'
import type { Snapshot } from './snapshot.ts'

/** A resource as one side has it at some moment; `value` null: it is there but cannot be read. */
export type Holding = { readonly ref: FileRef; readonly value: Value | null; readonly path: string | null }

/** One side, as far as the snapshot knows it. Never changed in place once handed out. */
export type World = ReadonlyMap<ResourceKey, Holding>

export function worldCatalog(world: World, snapshot: Pick<Snapshot, 'connections' | 'names'>): Catalog {
  return catalogOf(
    (key) => {
      const holding = world.get(key)
      if (holding) return holding.value === null ? {} : catalogItem(holding.value)
      const [kind, slug] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)]
      if (kind !== 'sources' && kind !== 'destinations') return undefined
      return isConnectionKind(kind) && snapshot.connections[kind].has(slug) ? {} : undefined
    },
    (kind) => snapshot.names.get(kind) ?? [],
  )
}

const UNKNOWN_NAMES: readonly string[] = ['unresolved-source', 'unresolved-destination']

/** Its source or destination is not known here: not an error of the file but of the environment (E4). */
export function isUnknownName(finding: Finding): boolean {
  return UNKNOWN_NAMES.includes(finding.code)
}

/** What is wrong with one holding among the others: references and a slug that is taken twice (F1, F21). */
export function errorsOf(world: World, catalog: Catalog, holding: Holding): Finding[] {
  // One that cannot be read has its slug all the same.
  if (holding.value === null) return sharedSlug(world, holding.ref)
  const findings = checkReferences(holding.ref, holding.value, catalog)
  const errors = findings.filter((finding) => finding.severity === 'error' && !isUnknownName(finding))
  return [...errors, ...sharedSlug(world, holding.ref)]
}

function sharedSlug(world: World, { kind, slug }: FileRef): Finding[] {
  if (!isSchemaModelKind(kind)) return []
  // The later kind bears the fault, so that a pair of files is one problem.
  const before = SCHEMA_MODEL_KINDS.slice(0, SCHEMA_MODEL_KINDS.indexOf(kind))
  const other = before.map((k) => world.get(resourceKey({ kind: k, slug }))).find((holding) => holding)
  if (!other) return []
  const message = `The slug "${slug}" is used twice: ${other.path ?? other.ref.kind} has it too, and parent, related and event models share one space of names`
  const hint = 'Rename one of the two files'
  return [{ code: 'duplicate-slug', severity: 'error', message, hint, path: [], at: 'value' }]
}

export function isSharedSlug({ code }: Finding): boolean {
  return code === 'duplicate-slug'
}

/** Tells the same fault in two states of a side apart from another one; a slug is taken by some file. */
export function faultOf(finding: Finding): string {
  const { code, path, message } = finding
  return `${code} ${printPointer(path)}${isSharedSlug(finding) ? ` ${message}` : ''}`
}
