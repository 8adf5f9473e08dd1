import type { Environment, NamedConnection, SummedUp } from '../../core/environments/environment.ts'
import { type FileRef, type ResourceKey, resourceKey } from '../../core/model/resource.ts'
import type { Db } from '../../store/database.ts'
import { aliasesOf, namedConnections, pendingFiles, summedUpResources } from '../../store/environments.ts'
import type { Workspace } from '../../store/workspaces.ts'

/** These workspaces as they are now, in this order; values are known by their digests alone. */
export async function gatherEnvironments(
  db: Db,
  workspaces: readonly Workspace[],
  digests: 'exact' | 'quick',
): Promise<Environment[]> {
  const ids = workspaces.map(({ id }) => id)
  const gathered = new Map(workspaces.map((workspace) => [workspace.id, emptyEnvironment(workspace.slug)]))
  // One after the other: a transaction, which some callers look in, has one connection.
  const resources = await summedUpResources(db, ids, digests)
  const pending = await pendingFiles(db, ids)
  await addConnections(db, gathered)
  for (const { workspaceId, ...one } of resources)
    gathered.get(workspaceId)?.resources.set(resourceKey(one), one)
  for (const { workspaceId, kind, slug } of pending) {
    gathered.get(workspaceId)?.pending.set(resourceKey({ kind, slug }), { kind, slug })
  }
  return [...gathered.values()]
}

/** Their sources, destinations and aliases alone: what stands for what. */
export async function gatherConnections(
  db: Db,
  ids: readonly string[],
): Promise<Pick<Environment, 'aliases' | 'connections'>[]> {
  const gathered = new Map(ids.map((id) => [id, emptyEnvironment('')]))
  await addConnections(db, gathered)
  return [...gathered.values()]
}

type Gathered = ReturnType<typeof emptyEnvironment>

async function addConnections(db: Db, gathered: ReadonlyMap<string, Gathered>): Promise<void> {
  const ids = [...gathered.keys()]
  const connections = await namedConnections(db, ids)
  const aliases = await aliasesOf(db, ids)
  for (const { workspaceId, kind, ...one } of connections)
    gathered.get(workspaceId)?.connections[kind].push(one)
  for (const { workspaceId, aliases: stored } of aliases) {
    const one = gathered.get(workspaceId)
    for (const section of ['sources', 'destinations'] as const) {
      for (const [name, slug] of Object.entries(stored[section])) one?.aliases[section].set(name, slug)
    }
  }
}

function emptyEnvironment(slug: string) {
  return {
    slug,
    aliases: { sources: new Map<string, string>(), destinations: new Map<string, string>() },
    connections: { sources: [] as NamedConnection[], destinations: [] as NamedConnection[] },
    resources: new Map<ResourceKey, SummedUp>(),
    pending: new Map<ResourceKey, FileRef>(),
  }
}
