import { timingSafeEqual } from 'node:crypto'
import { findApiKey, hashKey } from '../../store/api-keys.ts'
import type { Db } from '../../store/database.ts'
import { grantsOf } from '../../store/members.ts'
import type { Actor } from './actor.ts'
import type { People } from './people.ts'

export type Identity = {
  readonly actor: Actor | null
  readonly by: 'key' | 'cookie' | 'nothing'
  /** A session that was prolonged. */
  readonly setCookies: readonly string[]
}

const NOBODY: Identity = { actor: null, by: 'nothing', setCookies: [] }

/** An API key where one is sent, else the session of the cookie. A wrong key is nobody, whatever the cookie says. */
export async function identify(
  deps: { readonly db: Db; readonly people: People; readonly adminToken: string | null },
  headers: Headers,
): Promise<Identity> {
  const authorization = headers.get('authorization')
  if (authorization !== null) return { ...NOBODY, actor: await byKey(deps, authorization), by: 'key' }
  if (!headers.has('cookie')) return NOBODY
  const { response, headers: answer } = await deps.people.api.getSession({ headers, returnHeaders: true })
  const setCookies = answer.getSetCookie()
  if (response === null) return { actor: null, by: 'cookie', setCookies }
  const { id, name, email, commitEmail = null } = response.user
  const grants = await grantsOf(deps.db, id)
  return { actor: { kind: 'person', id, name, email, commitEmail, grants }, by: 'cookie', setCookies }
}

async function byKey(
  deps: { readonly db: Db; readonly adminToken: string | null },
  authorization: string,
): Promise<Actor | null> {
  const key = /^bearer +(\S+)$/i.exec(authorization)?.[1]
  if (key === undefined) return null
  if (deps.adminToken !== null && timingSafeEqual(hashKey(key), hashKey(deps.adminToken))) return ADMIN_TOKEN
  const found = await findApiKey(deps.db, key)
  if (found === null) return null
  return {
    kind: 'api-key',
    id: `key:${found.id}`,
    name: found.name,
    email: `${found.id}@keys.tandem.invalid`,
    grants: [{ workspaceId: found.workspaceId, role: found.role }],
  }
}

/** TANDEM_ADMIN_TOKEN: for scripts, with every right. */
const ADMIN_TOKEN: Actor = {
  kind: 'api-key',
  id: 'key:admin-token',
  name: 'Admin token',
  email: 'admin-token@keys.tandem.invalid',
  grants: [{ workspaceId: null, role: 'admin' }],
}
