import { sql } from 'kysely'
import type { Db } from './database.ts'

type Row = { readonly run: string; readonly name: string }

/**
 * Whose saves each run carries, the first saver first: those in its commits, and of a run of the outbox that
 * has no commit those that wait since before it ended. A run without saves has no entry.
 */
export async function saversOfRuns(db: Db, runs: readonly string[]): Promise<Map<string, string[]>> {
  if (runs.length === 0) return new Map()
  const { rows } = await sql<Row>`
    with committed as (
      select run_id as run, unnest(change_ids) as change
      from commit_record where run_id = any(${runs}::uuid[]) and state <> 'lost'
    ), waiting as (
      select r.id as run, c.id as change
      from run r join change c on c.workspace_id = r.workspace_id and c.settled_at is null
      join change_set s on s.id = c.change_set_id
      where r.id = any(${runs}::uuid[]) and r.trigger = 'save'
        and (r.finished_at is null or s.created_at <= r.finished_at)
        and r.id not in (select run from committed)
    )
    select x.run, s.actor_name as name
    from (select * from committed union all select * from waiting) x
    join change c on c.id = x.change join change_set s on s.id = c.change_set_id
    group by x.run, s.actor_name order by min(c.id)`.execute(db)
  const savers = new Map<string, string[]>()
  for (const { run, name } of rows) savers.set(run, [...(savers.get(run) ?? []), name])
  return savers
}
