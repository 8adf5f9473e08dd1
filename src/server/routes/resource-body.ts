import { type JsonObject, withoutKey } from '../../core/model/json.ts'
import { isConnectionKind } from '../../core/model/kind.ts'
import type { AnyResource } from '../../core/wire/resource.ts'
import type { Db } from '../../store/database.ts'
import { gitStates } from '../../store/git-states.ts'
import { keptSecrets } from '../../store/kept-secrets.ts'
import { secretNames } from '../../store/resource-secrets.ts'
import type { StoredResource } from '../../store/resources.ts'

/** Resources as the API answers them: flat, the file's keys beside slug, revision and git (A3). */
export async function toBodies(
  db: Db,
  workspaceId: string,
  resources: readonly StoredResource[],
): Promise<AnyResource[]> {
  const connections = resources.filter(({ kind }) => isConnectionKind(kind)).map(({ id }) => id)
  const [states, secrets, kept] = await Promise.all([
    gitStates(
      db,
      workspaceId,
      resources.map(({ id }) => id),
    ),
    secretNames(db, connections),
    keptSecrets(db, workspaceId, resources),
  ])
  return resources.map((resource) => {
    const { id, kind, slug, revision, value, updatedAt, updatedBy } = resource
    const state = states.get(id) ?? { state: 'none' as const }
    const secret = state.state === 'pending' ? kept.get(id) : undefined
    const git = {
      ...state,
      ...(secret && { secret }),
      since: updatedAt.toISOString(),
      ...(updatedBy === null ? {} : { by: updatedBy }),
    }
    const own = isConnectionKind(kind) ? { ...value, secrets: secrets.get(id) ?? [] } : value
    return { ...own, slug, revision, git }
  })
}

export async function toBody(db: Db, workspaceId: string, resource: StoredResource): Promise<AnyResource> {
  const [body] = await toBodies(db, workspaceId, [resource])
  if (body === undefined) throw new Error('one resource gives one body')
  return body
}

/** The value in a body that was sent: what the answer adds is left out again, so a body may be sent back as it came. */
export function valueOfBody(body: JsonObject, kind: StoredResource['kind']): JsonObject {
  const added = ['slug', 'revision', 'git', ...(isConnectionKind(kind) ? ['secrets'] : [])]
  return added.reduce(withoutKey, body)
}
