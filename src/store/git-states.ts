import { sql } from 'kysely'
import type { GitState, ReviewRef } from '../core/wire/resource.ts'
import type { Db } from './database.ts'

type Row = {
  id: string
  state: GitState['state']
  commit: string | null
  review: ReviewRef | null
}

/** What the page shows beside a name (W6), for many resources in one query. */
export async function gitStates(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, GitState>> {
  if (ids.length === 0) return new Map()
  // Looked up one by one, each by its key, never joined: whatever the statistics say, it costs what it finds (S30).
  const { rows } = await sql<Row>`
    select r.id, b.commit_oid as commit, v.review,
      case
        when exists (select from conflict c where c.connection_id = k.id and c.kind = r.kind and c.slug = r.slug) then 'conflict'
        when o.state = 'aside' then 'set-aside'
        when (select s.held ? (r.kind || ':' || r.slug) from sync_state s where s.connection_id = k.id) then 'held'
        when exists (
          select from change ch where ch.resource_id = r.id and ch.workspace_id = ${workspaceId} and ch.settled_at is null
        ) then 'pending'
        when o.state = 'pending' or v.review is not null then 'pending'
        when b.is_there then 'in-git'
        else 'none'
      end as state
    from resource r
    left join lateral (
      select id from connection where workspace_id = ${workspaceId} and active_since is not null limit 1
    ) k on true
    left join lateral (
      select true as is_there, commit_oid, slug, blob from base
      where connection_id = k.id and resource_id = r.id limit 1
    ) b on true
    left join lateral (
      select jsonb_build_object('id', w.id, 'branch', w.branch, 'person', w.person_name, 'number', w.number, 'url', w.url) as review
      from review_resource p join review w on w.id = p.review_id
      where p.connection_id = k.id and p.resource_id = r.id and not p.declined
        and (b.is_there is null or b.slug <> r.slug or b.blob is distinct from p.blob)
      limit 1
    ) v on true
    left join lateral (
      select f.state from open_file f
      where f.connection_id = k.id and f.kind = r.kind and f.slug = r.slug
      order by f.state limit 1
    ) o on true
    where r.id = any(${ids}::bigint[]) and r.workspace_id = ${workspaceId}`.execute(db)
  return new Map(
    rows.map(({ id, state, commit, review }): [string, GitState] => {
      if (state === 'in-git') return [id, commit ? { state, commit } : { state }]
      return [id, state === 'pending' && review ? { state, review } : { state }]
    }),
  )
}
