import type { JsonObject } from '../../../src/core/model/json.ts'
import { type FileKind, isFileKind } from '../../../src/core/model/kind.ts'
import type { Db } from '../../../src/store/database.ts'

export type Resource = {
  readonly id: string
  readonly kind: FileKind
  readonly slug: string
  readonly value: JsonObject
  readonly revision: string
}

/** The workspace's resources that files are made of. */
export async function resourcesOf(db: Db, workspaceId: string): Promise<Resource[]> {
  const rows = await db
    .selectFrom('resource')
    .select(['id', 'kind', 'slug', 'value', 'revision'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute()
  return rows.flatMap(({ kind, ...row }) => (isFileKind(kind) ? [{ ...row, kind }] : []))
}
