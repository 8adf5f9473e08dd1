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
  const { rows } = await sql<Row>`
    /* prepared: git-states */
    select r.id, b.commit_oid as commit,
      case when v.id is not null then jsonb_build_object(
        'id', v.id, 'branch', v.branch, 'person', v.person_name, 'number', v.number, 'url', v.url
      ) end as review,
      case
        when c.id is not null then 'conflict'
        when o.state = 'aside' then 'set-aside'
        when s.held ? (r.kind || ':' || r.slug) then 'held'
        when exists (
          select from change ch where ch.resource_id = r.id and ch.workspace_id = ${workspaceId} and ch.settled_at is null
        ) then 'pending'
        when o.state = 'pending' or v.id is not null then 'pending'
        when b.resource_id is not null then 'in-git'
        else 'none'
      end as state
    from resource r
    left join connection k on k.workspace_id = r.workspace_id and k.active_since is not null
    left join sync_state s on s.connection_id = k.id
    left join base b on b.connection_id = k.id and b.resource_id = r.id
    left join conflict c on c.connection_id = k.id and c.kind = r.kind and c.slug = r.slug
    left join review_resource p on p.connection_id = k.id and p.resource_id = r.id and not p.declined
      and (b.resource_id is null or b.slug <> r.slug or b.blob is distinct from p.blob)
    left join review v on v.id = p.review_id
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
