import { isFileKind } from '../core/model/kind.ts'
import { allowanceOf } from '../core/plan/kept-secret.ts'
import { findSecrets, newSecrets } from '../core/secrets/find-secrets.ts'
import { allowedSecrets } from './allowed-secrets.ts'
import { baseEntries } from './bases.ts'
import type { Db } from './database.ts'
import type { StoredResource } from './resources.ts'

/**
 * What keeps these resources out of Git though they were saved (Z12): the first place of each. Few values
 * hold anything that looks like a secret, and only for those is more read.
 */
export async function keptSecrets(
  db: Db,
  workspaceId: string,
  resources: readonly StoredResource[],
): Promise<Map<string, { readonly path: string; readonly what: string }>> {
  const suspects = resources.filter(({ kind, value }) => isFileKind(kind) && findSecrets(value).length > 0)
  if (suspects.length === 0) return new Map()
  const connection = await db
    .selectFrom('connection')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('active_since', 'is not', null)
    .executeTakeFirst()
  if (connection === undefined) return new Map()
  const ids = suspects.map(({ id }) => id)
  const bases = await baseEntries(db, connection.id, { ids, paths: [], refs: [] })
  const known = new Map(bases.map((base) => [base.id, base.value]))
  const allowed = await allowedSecrets(db, workspaceId)
  const allowances = new Set(allowed.map((secret) => allowanceOf(secret.resourceId, secret)))
  return new Map(
    suspects.flatMap(({ id, value }) => {
      const kept = newSecrets(value, known.get(id) ?? null).find(
        (secret) => !allowances.has(allowanceOf(id, secret)),
      )
      return kept === undefined ? [] : [[id, { path: kept.path, what: kept.what }] as const]
    }),
  )
}
