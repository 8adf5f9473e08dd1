import { KIND_FOLDERS } from '../core/model/kind.ts'
import type { Db } from './database.ts'

export type Sharing = { readonly workspace: string; readonly reason: 'same-path' | 'inside' }

type Place = {
  readonly url: string
  readonly branch: string
  readonly path: string
  readonly shared: boolean
}

/** E5: two workspaces share one branch and path only when each says so, and none lies in the other's folders. */
export async function sharingProblem(tx: Db, workspaceId: string, place: Place): Promise<Sharing | null> {
  const others = await tx
    .selectFrom('connection')
    .innerJoin('workspace', 'workspace.id', 'connection.workspace_id')
    .select(['workspace.slug', 'connection.url', 'connection.branch', 'connection.path', 'connection.shared'])
    .where('connection.workspace_id', '!=', workspaceId)
    .where('connection.branch', '=', place.branch)
    .execute()
  for (const other of others) {
    if (repositoryName(other.url) !== repositoryName(place.url)) continue
    if (other.path === place.path && !(other.shared && place.shared)) {
      return { workspace: other.slug, reason: 'same-path' }
    }
    if (isInside(other.path, place.path) || isInside(place.path, other.path)) {
      return { workspace: other.slug, reason: 'inside' }
    }
  }
  return null
}

/** `a` lies in one of the folders that a connection with path `b` reads. */
function isInside(a: string, b: string): boolean {
  const prefix = b === '' ? '' : `${b}/`
  return Object.values(KIND_FOLDERS).some((folder) => `${a}/`.startsWith(`${prefix}${folder}/`))
}

/** The same repository by another spelling of its address. */
function repositoryName(url: string): string {
  return url
    .replace(/^[a-z+]+:\/\/([^/@]*@)?/i, '')
    .replace(/^[^/@:]+@([^/:]+):/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .toLowerCase()
}
