import { sql } from 'kysely'
import type { FileKind } from '../core/model/kind.ts'
import { type FileRef, type ResourceKey, resourceKey } from '../core/model/resource.ts'
import type { Actions } from '../core/plan/actions.ts'
import { type Forward, rivals } from '../core/plan/forwards.ts'
import type { Db } from './database.ts'

/** The forwards of these names, of whatever kind (S18). */
export async function forwardsNamed(
  db: Db,
  connectionId: string,
  slugs: readonly string[],
): Promise<Forward[]> {
  if (slugs.length === 0) return []
  const { rows } = await sql<{ kind: FileKind; slug: string; id: string }>`
    select kind, slug, resource_id as id from forward
    where connection_id = ${connectionId} and slug = any(${slugs}::text[])`.execute(db)
  return rows
}

/** Resources whose files use an old name: of all forwards, or of these. */
export async function forwardUsers(
  db: Db,
  connectionId: string,
  forwards: readonly Forward[] | null,
): Promise<string[]> {
  if (forwards?.length === 0) return []
  const used = forwards === null ? sql`true` : sql`forwards ?| ${forwards.map(resourceKey)}::text[]`
  const { rows } = await sql<{ id: string }>`
    select resource_id as id from base
    where connection_id = ${connectionId} and forwards <> '[]' and ${used}`.execute(db)
  return rows.map((row) => row.id)
}

/** What a base or an open file keeps of the forwards that its file uses. */
export function keysOf(forwards: readonly Forward[]): ResourceKey[] {
  return [...new Set(forwards.map(resourceKey))]
}

/** After bases and open files are written: what they use stays, and nothing else. */
export async function writeForwards(tx: Db, connectionId: string, actions: Actions): Promise<void> {
  const { renewed, forwarded, agreed, open, taken } = actions
  for (const { id, from } of renewed) {
    await sql`
      update forward set resource_id = ${id} where connection_id = ${connectionId} and resource_id = ${from}`.execute(
      tx,
    )
  }
  const usedBy = Map.groupBy(forwarded, ({ forwards }) => JSON.stringify(keysOf(forwards)))
  for (const [keys, users] of usedBy) {
    await sql`
      update base set forwards = ${keys}::jsonb
      where connection_id = ${connectionId} and resource_id = any(${users.map(({ id }) => id)}::bigint[])`.execute(
      tx,
    )
  }
  const used = [...agreed, ...open, ...forwarded].flatMap(({ forwards }) => forwards)
  const renewal = new Map(renewed.map(({ id, from }) => [from, id]))
  await insertForwards(
    tx,
    connectionId,
    used.map((forward) => ({ ...forward, id: renewal.get(forward.id) ?? forward.id })),
  )
  await endForwards(tx, connectionId, taken)
  await pruneForwards(tx, connectionId)
}

async function insertForwards(tx: Db, connectionId: string, list: readonly Forward[]): Promise<void> {
  const forwards = [...new Map(list.map((forward) => [resourceKey(forward), forward])).values()]
  if (forwards.length === 0) return
  await sql`
    insert into forward (connection_id, kind, slug, resource_id)
    select ${connectionId}, kind, slug, id
    from unnest(${forwards.map(({ kind }) => kind)}::text[], ${forwards.map(({ slug }) => slug)}::text[],
      ${forwards.map(({ id }) => id)}::bigint[]) as t(kind, slug, id)
    on conflict (connection_id, kind, slug) do update set resource_id = excluded.resource_id`.execute(tx)
}

/** S18: a forward ends when something in Git has its name. */
export async function endForwards(tx: Db, connectionId: string, taken: readonly FileRef[]): Promise<void> {
  const names = new Set(taken.map(resourceKey))
  const forwards = await forwardsNamed(
    tx,
    connectionId,
    taken.map(({ slug }) => slug),
  )
  const ended = forwards.filter(({ kind, slug }) =>
    rivals(kind).some((rival) => names.has(resourceKey({ kind: rival, slug }))),
  )
  if (ended.length === 0) return
  const keys = keysOf(ended)
  for (const table of ['base', 'open_file']) {
    await sql`
      update ${sql.table(table)} set forwards = forwards - ${keys}::text[]
      where connection_id = ${connectionId} and forwards <> '[]' and forwards ?| ${keys}::text[]`.execute(tx)
  }
}

/** S18: a forward ends when no file uses it any more. Two looks instead of a join: it stays cheap (S30). */
export async function pruneForwards(tx: Db, connectionId: string): Promise<void> {
  const forwards = await tx
    .selectFrom('forward')
    .select(['kind', 'slug'])
    .where('connection_id', '=', connectionId)
    .execute()
  if (forwards.length === 0) return
  const { rows } = await sql<{ key: string }>`
    select distinct jsonb_array_elements_text(forwards) as key from base
    where connection_id = ${connectionId} and forwards <> '[]'
    union
    select jsonb_array_elements_text(forwards) from open_file where connection_id = ${connectionId}`.execute(
    tx,
  )
  const used = new Set(rows.map(({ key }) => key))
  const ended = forwards.map(resourceKey).filter((key) => !used.has(key))
  if (ended.length === 0) return
  await sql`
    delete from forward where connection_id = ${connectionId}
      and (kind || ':' || slug) = any(${ended}::text[])`.execute(tx)
}
