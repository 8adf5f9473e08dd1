import { checkReferences, referencesOf } from '../../core/lint/references.ts'
import { checkValue } from '../../core/lint/resource.ts'
import type { Finding } from '../../core/model/diagnostic.ts'
import {
  type FileKind,
  isFileKind,
  isSchemaModelKind,
  KINDS,
  type Kind,
  SCHEMA_MODEL_KINDS,
} from '../../core/model/kind.ts'
import { type ResourceRef, resourceKey, type Value } from '../../core/model/resource.ts'
import { catalogItem, catalogOf, TARGET_KINDS } from '../../core/plan/catalog.ts'
import type { ChangeSetOutcome, Refusal } from '../change-sets.ts'
import type { Db } from '../database.ts'
import { resourcesByRef, type StoredResource, slugsOf } from '../resources.ts'
import { checkHoldable } from './check-holdable.ts'
import { checkConnectionValue, checkSlug } from './check-local.ts'
import type { Prepared, PreparedChanges } from './prepare.ts'
import { canRename } from './rename.ts'

type Subject = { readonly kind: FileKind; readonly slug: string; readonly value: Value }
type World = {
  readonly items: ReadonlyMap<string, { readonly source?: string }>
  readonly names: (kind: ResourceRef['kind']) => Iterable<string>
}

/** Null: the workspace after these changes has no error that it has not now. */
export async function checkChanges(
  tx: Db,
  workspaceId: string,
  prepared: PreparedChanges,
): Promise<Exclude<ChangeSetOutcome, { kind: 'saved' }> | null> {
  const local = prepared.changes.flatMap((change) => refusal(change, localErrors(change)))
  if (local.length > 0) return { kind: 'refused', findings: local }

  const subjects = prepared.changes.flatMap(subject)
  const changed = new Set(prepared.changes.flatMap((c) => (c.before ? [c.before.id] : [])))
  const bystanders: Subject[] = prepared.referrers.filter((row) => !changed.has(row.id))
  const items = await itemsAfter(tx, workspaceId, prepared.changes, [...subjects, ...bystanders])

  const broken = bystanders.filter((row) => referenceErrors(row, { items, names: none }).length > 0)
  const gone = prepared.changes.find(
    (change) => change.value === null && broken.some((row) => names(row, change)),
  )
  if (gone) {
    const referrers = broken.filter((row) => names(row, gone)).map(({ kind, slug }) => ({ kind, slug }))
    return { kind: 'referenced', kind_: gone.kind, slug: gone.slug, referrers }
  }
  const faulty = [...subjects, ...broken].filter((s) => referenceErrors(s, { items, names: none }).length > 0)
  const twice = subjects.flatMap((s) => refusal(s, duplicateErrors(s, items)))
  if (faulty.length === 0 && twice.length === 0) return null
  const slugs = await slugsOf(tx, workspaceId, KINDS)
  const world: World = { items, names: (kind) => slugs.get(kind) ?? [] }
  return {
    kind: 'refused',
    findings: [...twice, ...faulty.flatMap((s) => refusal(s, referenceErrors(s, world)))],
  }
}

const none = (): Iterable<string> => []

function subject({ kind, slug, value }: Prepared): Subject[] {
  return value !== null && isFileKind(kind) ? [{ kind, slug, value }] : []
}

function refusal({ kind, slug }: ResourceRef, findings: readonly Finding[]): Refusal[] {
  return findings.length > 0 ? [{ kind, slug, findings }] : []
}

function localErrors({ kind, slug, before, value }: Prepared): Finding[] {
  if (value === null) return []
  const named = before?.slug === slug ? [] : [...checkSlug(kind, slug), ...checkRename(kind, before)]
  const unholdable = checkHoldable(kind, value)
  if (unholdable.length > 0) return [...named, ...unholdable]
  const findings = isFileKind(kind) ? checkValue(kind, value) : checkConnectionValue(value)
  return [...named, ...findings.filter((finding) => finding.severity === 'error')]
}

function checkRename(kind: Kind, before: StoredResource | null): Finding[] {
  if (before === null || canRename(kind)) return []
  const message = 'The slug of an event contract is part of its events\u2019 paths and cannot change'
  return [{ code: 'wrong-value', severity: 'error', message, hint: null, path: [], at: 'value' }]
}

function referenceErrors(s: Subject, world: World): Finding[] {
  const catalog = catalogOf((key) => world.items.get(key), world.names)
  return checkReferences(s, s.value, catalog)
    .filter((finding) => finding.severity === 'error' || finding.code.startsWith('unresolved-'))
    .map((finding) => ({ ...finding, severity: 'error' as const }))
}

function names(row: Subject, gone: Prepared): boolean {
  const slug = gone.before?.slug ?? gone.slug
  return referencesOf(row, row.value).some(
    (reference) => reference.slug === slug && TARGET_KINDS[reference.target].includes(gone.kind),
  )
}

function duplicateErrors({ kind, slug }: Subject, items: ReadonlyMap<string, unknown>): Finding[] {
  if (!isSchemaModelKind(kind)) return []
  const other = SCHEMA_MODEL_KINDS.find((k) => k !== kind && items.has(resourceKey({ kind: k, slug })))
  if (!other) return []
  const message = `The slug "${slug}" is taken in ${other}: parent, related and event models share one space of names`
  return [
    {
      code: 'duplicate-slug',
      severity: 'error',
      message,
      hint: 'Choose another slug',
      path: [],
      at: 'value',
    },
  ]
}

/** Everything that the subjects may mean, as it will be: the database's rows under the changes. */
async function itemsAfter(
  tx: Db,
  workspaceId: string,
  changes: readonly Prepared[],
  subjects: readonly Subject[],
): Promise<Map<string, { source?: string }>> {
  const wanted = new Map<string, ResourceRef>()
  const want = (ref: ResourceRef) => wanted.set(resourceKey(ref), ref)
  for (const s of subjects) {
    if (isSchemaModelKind(s.kind)) for (const kind of SCHEMA_MODEL_KINDS) want({ kind, slug: s.slug })
    for (const { target, slug } of referencesOf(s, s.value)) {
      for (const kind of TARGET_KINDS[target]) want({ kind, slug })
    }
  }
  const rows = await resourcesByRef(tx, workspaceId, [...wanted.values()])
  const items = new Map<string, { source?: string }>()
  for (const [key, row] of rows) items.set(key, catalogItem(row.value))
  for (const { kind, before } of changes) if (before) items.delete(resourceKey({ kind, slug: before.slug }))
  for (const { kind, slug, value } of changes) {
    if (value !== null) items.set(resourceKey({ kind, slug }), catalogItem(value))
  }
  return items
}
