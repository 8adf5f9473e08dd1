import { sql } from 'kysely'
import { BASE_FILE_VALUE } from './bases.ts'
import { insertChangeSet } from './change-set/write.ts'
import type { Actor } from './change-sets.ts'
import type { Db } from './database.ts'
import { notify } from './notify.ts'
import { enqueueSync, lockWorkspace } from './outbox.ts'
import type { StoredAliases } from './tables/git.ts'

export const NO_STORED_ALIASES: StoredAliases = { sources: {}, destinations: {} }

/** What the names in the files mean for this workspace: as the app wants it, where that is not in Git yet. */
export async function getAliases(db: Db, workspaceId: string): Promise<StoredAliases> {
  const row = await selectState(db, workspaceId).executeTakeFirst()
  return row?.wanted_aliases ?? row?.aliases ?? NO_STORED_ALIASES
}

export type PutAliasesOutcome =
  | { readonly kind: 'saved' }
  | { readonly kind: 'not-synced' }
  /** Files spell these names: taking them out would leave the files without a meaning (E6). */
  | {
      readonly kind: 'in-use'
      readonly names: readonly { readonly name: string; readonly files: readonly string[] }[]
    }
  | { readonly kind: 'unknown-slug'; readonly slugs: readonly string[] }
  | { readonly kind: 'cycle'; readonly names: readonly string[] }

/** A change set of its own: one commit of the alias file, and what its lines now mean is planned (E6, F17). */
export async function putAliases(
  db: Db,
  workspaceId: string,
  aliases: StoredAliases,
  actor: Actor,
): Promise<PutAliasesOutcome> {
  return db.transaction().execute(async (tx): Promise<PutAliasesOutcome> => {
    await lockWorkspace(tx, workspaceId)
    const state = await selectState(tx, workspaceId).forUpdate('sync_state').executeTakeFirst()
    if (!state?.active_since) return { kind: 'not-synced' }
    const cycles = cyclicNames(aliases)
    if (cycles.length > 0) return { kind: 'cycle', names: cycles }
    const slugs = await unknownSlugs(tx, workspaceId, aliases)
    if (slugs.length > 0) return { kind: 'unknown-slug', slugs }
    const names = await removedInUse(tx, state.connection_id, state.wanted_aliases ?? state.aliases, aliases)
    if (names.length > 0) return { kind: 'in-use', names }
    const set = await insertChangeSet(tx, { workspaceId, kind: 'save', message: null, actor })
    await tx
      .updateTable('sync_state')
      .set({ wanted_aliases: JSON.stringify(aliases), wanted_aliases_set: set })
      .where('connection_id', '=', state.connection_id)
      .execute()
    await enqueueSync(tx, state.connection_id)
    await notify(tx, { type: 'connection', workspace: workspaceId })
    return { kind: 'saved' }
  })
}

/** A wish of the app that is not in Git yet. */
export async function isAliasChangeUnderWay(db: Db, connectionId: string): Promise<boolean> {
  const row = await db
    .selectFrom('sync_state')
    .select('connection_id')
    .where('connection_id', '=', connectionId)
    .where('wanted_aliases', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

function selectState(db: Db, workspaceId: string) {
  return db
    .selectFrom('sync_state')
    .innerJoin('connection', 'connection.id', 'sync_state.connection_id')
    .select(['sync_state.connection_id', 'aliases', 'wanted_aliases', 'connection.active_since'])
    .where('connection.workspace_id', '=', workspaceId)
}

const SECTIONS = ['sources', 'destinations'] as const

function cyclicNames(aliases: StoredAliases): string[] {
  return SECTIONS.flatMap((section) => {
    const map = new Map(Object.entries(aliases[section]))
    return [...map.keys()].filter((start) => {
      const seen = new Set<string>()
      for (let name = start; ; ) {
        const next = map.get(name)
        if (next === undefined || next === name) return false
        if (seen.has(name)) return true
        seen.add(name)
        name = next
      }
    })
  })
}

async function unknownSlugs(tx: Db, workspaceId: string, aliases: StoredAliases): Promise<string[]> {
  const wanted = SECTIONS.flatMap((kind) =>
    Object.values(aliases[kind])
      .filter((target) => !Object.hasOwn(aliases[kind], target))
      .map((slug) => ({ kind, slug })),
  )
  if (wanted.length === 0) return []
  const { rows } = await sql<{ slug: string }>`
    select distinct t.slug from unnest(${wanted.map((w) => w.kind)}::text[], ${wanted.map((w) => w.slug)}::text[]) as t(kind, slug)
    where not exists (
      select from resource r where r.workspace_id = ${workspaceId} and r.kind = t.kind and r.slug = t.slug
    )`.execute(tx)
  return rows.map((row) => row.slug)
}

async function removedInUse(tx: Db, connectionId: string, old: StoredAliases, now: StoredAliases) {
  const names: { name: string; files: string[] }[] = []
  for (const section of SECTIONS) {
    const key = section === 'sources' ? 'source' : 'destination'
    const removed = Object.keys(old[section]).filter((name) => !Object.hasOwn(now[section], name))
    if (removed.length === 0) continue
    const { rows } = await sql<{ name: string; files: string[] }>`
      select ${BASE_FILE_VALUE}->>${key}::text as name, (array_agg(path order by path))[1:10] as files
      from base where connection_id = ${connectionId} and ${BASE_FILE_VALUE}->>${key}::text = any(${removed}::text[])
      group by 1 order by 1`.execute(tx)
    names.push(...rows)
  }
  return names
}
