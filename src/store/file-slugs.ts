import type { Kind } from '../core/model/kind.ts'
import type { Db } from './database.ts'

/** Slugs of the files in the repository, imported or not: a new slug differs from them too (F5). */
export async function fileSlugs(db: Db, workspaceId: string, kinds: readonly Kind[]): Promise<string[]> {
  const ofTable = (table: 'base' | 'open_file') =>
    db
      .selectFrom(table)
      .innerJoin('connection', 'connection.id', `${table}.connection_id`)
      .select(`${table}.slug`)
      .where('connection.workspace_id', '=', workspaceId)
      .where(`${table}.kind`, 'in', kinds as never) // sources and destinations have no files: no row matches
      .execute()
  const rows = [...(await ofTable('base')), ...(await ofTable('open_file'))]
  return rows.map((row) => row.slug)
}
