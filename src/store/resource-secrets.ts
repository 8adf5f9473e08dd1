import type { Json } from '../core/model/json.ts'
import type { Db } from './database.ts'
import { open, type SecretKey, seal } from './secret-box.ts'

/** Names are JSON pointers into `config`. */
export type Secrets = ReadonlyMap<string, Json>

/** Null as a value removes the secret; names that are absent keep theirs. */
export async function storeSecrets(
  db: Db,
  key: SecretKey,
  workspaceId: string,
  resourceId: string,
  secrets: Secrets,
): Promise<void> {
  for (const [name, value] of secrets) {
    if (value === null) {
      await db
        .deleteFrom('resource_secret')
        .where('resource_id', '=', resourceId)
        .where('name', '=', name)
        .execute()
      continue
    }
    const ciphertext = seal(key, workspaceId, JSON.stringify(value))
    await db
      .insertInto('resource_secret')
      .values({ resource_id: resourceId, name, ciphertext })
      .onConflict((conflict) => conflict.columns(['resource_id', 'name']).doUpdateSet({ ciphertext }))
      .execute()
  }
}

export async function readSecrets(
  db: Db,
  key: SecretKey,
  workspaceId: string,
  resourceId: string,
): Promise<Secrets> {
  const rows = await db
    .selectFrom('resource_secret')
    .select(['name', 'ciphertext'])
    .where('resource_id', '=', resourceId)
    .execute()
  // What was sealed is JSON that we printed.
  return new Map(rows.map((row) => [row.name, JSON.parse(open(key, workspaceId, row.ciphertext)) as Json]))
}

export async function removeSecrets(db: Db, resourceId: string): Promise<void> {
  await db.deleteFrom('resource_secret').where('resource_id', '=', resourceId).execute()
}

/** The names of the secrets that are set, by resource. */
export async function secretNames(db: Db, resourceIds: readonly string[]): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>()
  if (resourceIds.length === 0) return names
  const rows = await db
    .selectFrom('resource_secret')
    .select(['resource_id', 'name'])
    .where('resource_id', 'in', resourceIds)
    .orderBy('name')
    .execute()
  for (const row of rows) names.set(row.resource_id, [...(names.get(row.resource_id) ?? []), row.name])
  return names
}
