import { join } from 'node:path'
import { createBare } from './git-bare.ts'
import { clonePerson, type GitPerson } from './git-person.ts'
import type { TestServer } from './server.ts'

export const USERS = {
  name: 'Users',
  source: 'warehouse',
  type: 'raw_sql',
  rawSql: "select 1 as user_id, 'Rosa Fern' as full_name",
  primaryKey: 'user_id',
}
const PURCHASES = {
  name: 'Purchases',
  source: 'warehouse',
  type: 'raw_sql',
  rawSql: 'select 10 as purchase_id, 1 as user_id',
}
const USERS_PURCHASES = {
  from: { slug: 'users', mergeColumns: false },
  to: { slug: 'purchases', mergeColumns: false },
  cardinality: '1:many',
  mapping: [{ fromColumn: 'user_id', toColumn: 'user_id' }],
}

export type ConnectedWorkspace = {
  readonly slug: string
  /** The bare repository. */
  readonly remote: string
  readonly person: GitPerson
  /** Syncs and waits for the end. */
  sync(): Promise<void>
}

/**
 * A workspace with a small schema on an in-memory source, in sync with a repository of which a person has a
 * clone. Only saves and people start runs: nothing looks at the branch by itself.
 */
export async function connectedWorkspace(server: TestServer, slug: string): Promise<ConnectedWorkspace> {
  const remote = join(server.dataDir, `${slug}.git`)
  await createBare(remote)
  const ask = async (method: string, path: string, body: object) => {
    const answer = await server.ask(method, path, { body })
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
  }
  const at = `/workspaces/${slug}`
  await ask('POST', '/workspaces', { slug, name: slug })
  await ask('PUT', `${at}/sources/warehouse`, { name: 'Warehouse', type: 'duckdb', config: {} })
  await ask('PUT', `${at}/parent-models/users`, USERS)
  await ask('PUT', `${at}/related-models/purchases`, PURCHASES)
  await ask('PUT', `${at}/model-relationships/users-purchases`, USERS_PURCHASES)
  await ask('PUT', `${at}/git`, { url: `file://${remote}`, pollSeconds: 0, credentials: { type: 'none' } })
  const sync = () => ask('POST', `${at}/git/sync`, { waitSeconds: 60 })
  await sync()
  const person = await clonePerson({ url: remote, dir: join(server.dataDir, `${slug}-clone`) })
  return { slug, remote, person, sync }
}
