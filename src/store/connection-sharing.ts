import { sql } from 'kysely'
import { KIND_FOLDERS } from '../core/model/kind.ts'
import type { Db } from './database.ts'

export type Sharing = {
  readonly workspace: string
  /** It keeps its place, to be restored into. */
  readonly isArchived: boolean
  readonly reason: 'same-path' | 'inside'
}

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
    .select(sql<boolean>`workspace.archived_at is not null`.as('isArchived'))
    .where('connection.workspace_id', '!=', workspaceId)
    .where('connection.branch', '=', place.branch)
    .execute()
  for (const other of others) {
    if (repositoryName(other.url) !== repositoryName(place.url)) continue
    const lies = placeOf(place, other)
    if (lies === 'same' && !(other.shared && place.shared)) {
      return { workspace: other.slug, isArchived: other.isArchived, reason: 'same-path' }
    }
    if (lies === 'inside') return { workspace: other.slug, isArchived: other.isArchived, reason: 'inside' }
  }
  return null
}

/** How the files of two connections to one repository lie to each other. */
export function placeOf(
  a: Pick<Place, 'branch' | 'path'>,
  b: Pick<Place, 'branch' | 'path'>,
): 'same' | 'inside' | 'elsewhere' {
  if (a.branch !== b.branch) return 'elsewhere'
  if (isInside(a.path, b.path) || isInside(b.path, a.path)) return 'inside'
  return a.path === b.path ? 'same' : 'elsewhere'
}

/** `a` lies in one of the folders that a connection with path `b` reads. */
function isInside(a: string, b: string): boolean {
  const prefix = b === '' ? '' : `${b}/`
  return Object.values(KIND_FOLDERS).some((folder) => `${a}/`.startsWith(`${prefix}${folder}/`))
}

/** The same repository by another spelling of its address. */
export function repositoryName(url: string): string {
  return url
    .replace(/^[a-z+]+:\/\/([^/@]*@)?/i, '')
    .replace(/^[^/@:]+@([^/:]+):/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .toLowerCase()
}
