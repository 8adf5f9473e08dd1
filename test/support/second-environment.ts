import type { ConnectedWorkspace } from './connected-workspace.ts'
import type { TestServer } from './server.ts'

/** The files of a connected workspace on a branch of their own, read with another source behind the same name. */
export async function secondEnvironment(
  server: TestServer,
  { remote }: ConnectedWorkspace,
  slug: string,
): Promise<void> {
  const ask = async (method: string, path: string, body: object) => {
    const answer = await server.ask(method, path, { body, headers: { 'if-match': '*' } })
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`)
  }
  const at = `/workspaces/${slug}`
  await ask('POST', '/workspaces', { slug })
  await ask('PUT', `${at}/sources/live`, { name: 'Live', type: 'duckdb', config: {} })
  const connection = { url: `file://${remote}`, branch: slug, startFrom: 'main', pollSeconds: 0 }
  await ask('PUT', `${at}/git`, connection)
  await ask('POST', `${at}/git/sync`, { waitSeconds: 60 })
  await ask('PUT', `${at}/git/aliases`, { sources: { warehouse: 'live' }, destinations: {} })
  await ask('POST', `${at}/git/sync`, { waitSeconds: 60 })
}
