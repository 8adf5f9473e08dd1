import { sql } from 'kysely'
import { referencesOf } from '../core/lint/references.ts'
import { type ResourceKey, type ResourceRef, resourceKey } from '../core/model/resource.ts'
import { TARGET_KINDS } from '../core/plan/catalog.ts'
import type { Db } from './database.ts'
import { referrersOf } from './references.ts'

export type Dependent = ResourceRef & {
  /** Slug of the workspace; null: the one that was asked about. */
  readonly workspace: string | null
}

/** Nothing refers in longer chains; a circle ends here. */
const LEVELS = 10

/**
 * Everything that depends on each of these, directly or through others, in this workspace and in those that
 * are connected to the same files.
 */
export async function dependentsOf(
  db: Db,
  workspaceId: string,
  refs: readonly ResourceRef[],
): Promise<Map<ResourceKey, Dependent[]>> {
  const found = new Map<ResourceKey, Dependent[]>()
  if (refs.length === 0) return found
  for (const { id, slug } of await sameFiles(db, workspaceId)) {
    const edges = await edgesAround(db, id, refs)
    for (const ref of refs) {
      const key = resourceKey(ref)
      const more = closure(edges, key).map((dependent) => ({ ...dependent, workspace: slug }))
      found.set(key, [...(found.get(key) ?? []), ...more])
    }
  }
  return found
}

/** This workspace first. */
async function sameFiles(db: Db, workspaceId: string): Promise<{ id: string; slug: string | null }[]> {
  const { rows } = await sql<{ id: string; slug: string }>`
    select w.id, w.slug from connection mine
    join connection other on other.url = mine.url and other.branch = mine.branch and other.path = mine.path
      and other.workspace_id <> mine.workspace_id
    join workspace w on w.id = other.workspace_id
    where mine.workspace_id = ${workspaceId} order by w.slug`.execute(db)
  return [{ id: workspaceId, slug: null }, ...rows]
}

type Edges = ReadonlyMap<ResourceKey, ReadonlyMap<ResourceKey, ResourceRef>>

/** Who refers to whom, from these outwards. */
async function edgesAround(db: Db, workspaceId: string, refs: readonly ResourceRef[]): Promise<Edges> {
  const edges = new Map<ResourceKey, Map<ResourceKey, ResourceRef>>()
  const seen = new Set(refs.map(resourceKey))
  let frontier = refs
  for (let level = 0; level < LEVELS && frontier.length > 0; level++) {
    const next: ResourceRef[] = []
    for (const { kind, slug, value } of await referrersOf(db, workspaceId, frontier)) {
      const from = { kind, slug }
      for (const reference of referencesOf(from, value)) {
        for (const target of TARGET_KINDS[reference.target]) {
          const key = resourceKey({ kind: target, slug: reference.slug })
          edges.set(key, (edges.get(key) ?? new Map()).set(resourceKey(from), from))
        }
      }
      if (!seen.has(resourceKey(from))) next.push(from)
      seen.add(resourceKey(from))
    }
    frontier = next
  }
  return edges
}

function closure(edges: Edges, root: ResourceKey): ResourceRef[] {
  const reached = new Map<ResourceKey, ResourceRef>()
  const open = [root]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const [next, ref] of edges.get(key) ?? []) {
      if (next === root || reached.has(next)) continue
      reached.set(next, ref)
      open.push(next)
    }
  }
  return [...reached.values()].sort((a, b) => (resourceKey(a) < resourceKey(b) ? -1 : 1))
}
