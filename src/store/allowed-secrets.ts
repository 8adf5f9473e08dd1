import type { FoundSecret } from '../core/secrets/find-secrets.ts'
import type { Db } from './database.ts'

export type AllowedSecret = Pick<FoundSecret, 'path' | 'digest'> & { readonly resourceId: string }

export async function allowedSecrets(db: Db, workspaceId: string): Promise<readonly AllowedSecret[]> {
  const rows = await db
    .selectFrom('allowed_secret')
    .select(['resource_id', 'path', 'digest'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return rows.map(({ resource_id, path, digest }) => ({ resourceId: resource_id, path, digest }))
}

export async function allowSecrets(
  db: Db,
  workspaceId: string,
  secrets: readonly AllowedSecret[],
  by: string,
): Promise<void> {
  const rows = secrets.map(({ resourceId, path, digest }) => ({
    workspace_id: workspaceId,
    resource_id: resourceId,
    path,
    digest,
    allowed_by: by,
  }))
  await db
    .insertInto('allowed_secret')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
