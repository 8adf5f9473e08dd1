import { sql } from 'kysely'
import type { BeforeDay } from '../core/environments/drift.ts'
import type { SummedUp } from '../core/environments/environment.ts'
import { CONNECTION_KINDS } from '../core/model/kind.ts'
import type { Db } from './database.ts'
import { DIGESTS, SUMMARY } from './environments.ts'

/** The last of these days of UTC, today among them, on which all of these workspaces were there; the oldest first. */
export async function daysTogether(
  db: Db,
  workspaceIds: readonly string[],
  atMost: number,
): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    select to_char(day, 'YYYY-MM-DD') as day
    from (
      select (now() at time zone 'UTC')::date as today, max(created_at at time zone 'UTC')::date as together
      from workspace where id = any(${workspaceIds}::uuid[])
    ) t
    cross join lateral generate_series(
      least(greatest(today - ${atMost - 1}::int, together), today)::timestamp, today::timestamp, '1 day') as day
    order by 1`.execute(db)
  return rows.map(({ day }) => day)
}

type Row = Omit<SummedUp, 'digest'> & {
  readonly workspaceId: string
  readonly id: string
  readonly day: string
  /** Null: it was not there. */
  readonly digest: string | null
  readonly slugNow: string | null
}

/**
 * What the resources of these workspaces were before each day that changed them, from this day of UTC on. By digest,
 * and of a day's changes of one resource the first alone: a day of a thousand saves costs what it touched.
 */
export async function beforeDays(
  db: Db,
  workspaceIds: readonly string[],
  since: string,
): Promise<(BeforeDay & { readonly workspaceId: string })[]> {
  const { rows } = await sql<Row>`
    with first as (
      select distinct on (c.resource_id, day) c.id, d.day
      from change_set s join change c on c.change_set_id = s.id
      cross join lateral (select to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD') as day) d
      where s.workspace_id = any(${workspaceIds}::uuid[]) and s.created_at >= ${since}::date::timestamp at time zone 'UTC'
        and c.kind <> all(${CONNECTION_KINDS}::text[])
      order by c.resource_id, day, c.id
    )
    select "workspaceId", id, day, kind, slug, name, connection, "slugNow", ${DIGESTS.exact}
    from (
      select "workspaceId", id, day, "slugNow", ${SUMMARY}
      from (
        select c.workspace_id as "workspaceId", c.resource_id as id, first.day, c.kind, c.before as value,
          coalesce((
            select slug from change w where w.resource_id = c.resource_id and w.id < c.id order by w.id desc limit 1
          ), c.slug) as slug,
          (select slug from resource r where r.id = c.resource_id) as "slugNow"
        from first join change c on c.id = first.id
      ) touched
      offset 0
    ) summed`.execute(db)
  return rows.map(({ workspaceId, id, day, slugNow, digest, kind, ...rest }) => ({
    workspaceId,
    id,
    day,
    before: digest === null ? null : { kind, digest, ...rest },
    now: slugNow === null ? null : { kind, slug: slugNow },
  }))
}
