import { sql } from 'kysely'
import type { FileKind } from '../core/model/kind.ts'
import { resourceKey } from '../core/model/resource.ts'
import { basesNamed, dropBases, type NamedBase } from './bases.ts'
import type { Db } from './database.ts'
import { endForwards, pruneForwards } from './forwards.ts'
import { notify } from './notify.ts'
import { followInBases, type Renamed } from './respell-bases.ts'

/*
 * Ten thousand rows at once, of tables that were filled a moment ago: what PostgreSQL knows about them is old,
 * and a join that it takes for one row by one row compares all with all (S30). So no statement here joins
 * what it changes: each names its rows, by arrays that the planner sees.
 */

type Recorded = { readonly id: string; readonly oid: string; readonly change_ids: readonly string[] }
type Written = {
  readonly commit_id: string
  readonly resource_id: string
  readonly kind: FileKind
  readonly slug: string
  readonly path: string
  readonly stays: boolean
}

/** They are in the branch: the base moves to what they wrote and their saves are settled. */
export async function advanceCommits(
  tx: Db,
  connection: { readonly id: string; readonly workspaceId: string },
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  const { rows: commits } = await sql<Recorded>`
    select id, oid, change_ids from commit_record where id = any(${ids}::bigint[]) order by id`.execute(tx)
  const { rows: written } = await sql<Written>`
    select commit_id, resource_id, kind, slug, path, blob is not null as stays from commit_write
    where commit_id = any(${ids}::bigint[]) order by commit_id`.execute(tx)
  const present = await basesNamed(
    tx,
    connection.id,
    written.map((write) => write.slug),
    written.map((write) => write.resource_id),
  )
  await moveBases(tx, connection.id, written, present)
  await closeFiles(tx, connection.id, written)
  const there = written.filter((write) => write.stays).map(({ kind, slug }) => ({ kind, slug }))
  await endForwards(tx, connection.id, there)
  await pruneForwards(tx, connection.id)
  for (const { oid, change_ids } of commits) {
    if (change_ids.length === 0) continue
    await sql`
      update change set settled_at = now(), commit_oid = ${oid}
      where id = any(${change_ids}::bigint[]) and settled_at is null`.execute(tx)
  }
  const place = { connectionId: connection.id, workspaceId: connection.workspaceId }
  await followInBases(tx, place, renamedBy(written, present))
  await advanceOwnFiles(tx, connection.id, ids)
  await tx.updateTable('commit_record').set({ state: 'pushed' }).where('id', 'in', ids).execute()
  const refs = new Map(written.map((write) => [resourceKey(write), write]))
  await notify(
    tx,
    [...refs.values()].map(({ kind, slug }) => ({
      type: 'resource' as const,
      workspace: connection.workspaceId,
      kind,
      slug,
      change: 'git' as const,
    })),
  )
}

/** Resources whose new names the commits bring to Git. */
function renamedBy(written: readonly Written[], present: readonly NamedBase[]): Renamed[] {
  const after = new Map(written.map((write) => [write.resource_id, write.stays ? write.slug : null]))
  return present.flatMap(({ id, ref: { kind, slug: from } }) => {
    const to = after.get(id) ?? from
    return to === from ? [] : [{ kind, from, to }]
  })
}

async function moveBases(
  tx: Db,
  connectionId: string,
  written: readonly Written[],
  present: readonly NamedBase[],
): Promise<void> {
  const last = new Map(written.map((write) => [write.resource_id, write]))
  const names = new Set(written.map(resourceKey))
  // A name may pass from one resource to another.
  const namesakes = present.flatMap((base) => (names.has(resourceKey(base.ref)) ? [base.id] : []))
  const gone = [...namesakes, ...written.map((write) => write.resource_id)]
  const isKept = (id: string) => last.get(id)?.stays === true
  for (const commits of apart(written)) await copyBases(tx, connectionId, commits)
  // Last: what one of these commits made, a later one may have taken out.
  await dropBases(
    tx,
    connectionId,
    [...new Set(gone)].filter((id) => !isKept(id)),
  )
}

/** Files that we wrote are as their base, whatever lay there or was gone from there before. */
async function closeFiles(tx: Db, connectionId: string, written: readonly Written[]): Promise<void> {
  await sql`
    delete from open_file where connection_id = ${connectionId}
      and path = any(${written.map((write) => write.path)}::text[])`.execute(tx)
}

/** The commits in order, parted where one writes a resource that one before it wrote: the later one counts. */
function apart(written: readonly Written[]): string[][] {
  const parts: { readonly commits: string[]; readonly resources: Set<string> }[] = []
  for (const [commit, resources] of byCommit(written)) {
    const part = parts.at(-1)
    if (part && resources.every((id) => !part.resources.has(id))) {
      part.commits.push(commit)
      for (const id of resources) part.resources.add(id)
    } else parts.push({ commits: [commit], resources: new Set(resources) })
  }
  return parts.map((part) => part.commits)
}

function byCommit(written: readonly Written[]): Map<string, string[]> {
  const commits = new Map<string, string[]>()
  for (const { commit_id, resource_id } of written) {
    const resources = commits.get(commit_id)
    if (resources) resources.push(resource_id)
    else commits.set(commit_id, [resource_id])
  }
  return commits
}

async function copyBases(tx: Db, connectionId: string, commits: readonly string[]): Promise<void> {
  await sql`
    insert into base (connection_id, resource_id, kind, slug, path, blob, file_value, value, change_id, commit_oid)
    select ${connectionId}, resource_id, kind, slug, path, blob, file_value, value, change_id, oid
    from (
      select w.resource_id, w.kind, w.slug, w.path, w.blob, w.file_value, w.value, w.change_id,
        (select r.oid from commit_record r where r.id = w.commit_id) as oid
      from commit_write w where w.commit_id = any(${commits}::bigint[]) and w.blob is not null
      offset 0
    ) w
    on conflict (connection_id, resource_id) do update set kind = excluded.kind, slug = excluded.slug, path = excluded.path,
      blob = excluded.blob, file_value = excluded.file_value, value = excluded.value, change_id = excluded.change_id, commit_oid = excluded.commit_oid,
      forwards = '[]'`.execute(tx)
}

async function advanceOwnFiles(tx: Db, connectionId: string, ids: readonly string[]): Promise<void> {
  await sql`
    update sync_state s set had_files = true,
      aliases = coalesce(c.aliases, s.aliases), alias_blob = coalesce(c.alias_blob, s.alias_blob),
      wanted_aliases = case when c.aliases = s.wanted_aliases then null else s.wanted_aliases end,
      manifest_blob = coalesce(c.manifest_blob, s.manifest_blob)
    from (
      select (array_agg(aliases order by id desc) filter (where aliases is not null))[1] as aliases,
        (array_agg(alias_blob order by id desc) filter (where alias_blob is not null))[1] as alias_blob,
        (array_agg(manifest_blob order by id desc) filter (where manifest_blob is not null))[1] as manifest_blob
      from commit_record where id = any(${ids}::bigint[])
    ) c
    where s.connection_id = ${connectionId}`.execute(tx)
}
