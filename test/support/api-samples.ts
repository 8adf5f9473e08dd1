import type { TestServer } from './server.ts'

export const SOURCE = { name: 'Warehouse', type: 'duckdb', config: {} }
export const USERS = { name: 'Users', source: 'wh', type: 'table', tableName: 'users', primaryKey: 'user_id' }
export const PURCHASES = {
  name: 'Purchases',
  source: 'wh',
  type: 'raw_sql',
  rawSql: 'select * from purchases',
}
export const USERS_PURCHASES = {
  from: { slug: 'users', mergeColumns: false },
  to: { slug: 'purchases', mergeColumns: false },
  cardinality: '1:many',
  mapping: [{ fromColumn: 'user_id', toColumn: 'user_id' }],
}

/** A workspace with a source, a parent, a related model and a relationship between them. */
export async function fillWorkspace(server: TestServer, ws: string): Promise<void> {
  await server.ask('POST', '/workspaces', { body: { slug: ws } })
  const put = async (path: string, body: object) => {
    const { status, body: answer } = await server.ask('PUT', `/workspaces/${ws}/${path}`, { body })
    if (status !== 201) throw new Error(`${path}: ${JSON.stringify(answer)}`)
  }
  await put('sources/wh', SOURCE)
  await put('parent-models/users', USERS)
  await put('related-models/purchases', PURCHASES)
  await put('model-relationships/users-purchases', USERS_PURCHASES)
}
