import { aliasTable, type Sharer } from '../../core/environments/alias-table.ts'
import type { ALIAS_SECTIONS } from '../../core/environments/aliases.ts'
import type { AliasTable } from '../../core/wire/environments.ts'
import type { Connection } from '../../store/connections.ts'
import type { Db } from '../../store/database.ts'
import { aliasesOf, namedConnections, spelledNames, tablesRead } from '../../store/environments.ts'
import { neighboursOn } from '../../store/neighbours.ts'
import { openFiles } from '../../store/sync-state.ts'
import type { Workspace } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { may } from '../auth/authorize.ts'

/** E1: every name of the shared files with what it means here and in the others on the repository. */
export async function readAliasTable(
  db: Db,
  actor: Actor,
  workspace: Workspace,
  connection: Connection,
): Promise<AliasTable> {
  const neighbours = await neighboursOn(db, workspace.id, connection.url)
  const others = neighbours.filter(({ id, isArchived }) => !isArchived && may(actor, 'workspace.read', id))
  const [here, ...rest] = await sharersOf(db, [workspace, ...others])
  if (here === undefined) throw new Error('the workspace itself was gathered')
  const choices = (section: 'sources' | 'destinations') =>
    here.candidates[section].map(({ slug, name, type }) => ({ slug, name, type }))
  const pending = (await openFiles(db, connection.id)).filter(({ state }) => state === 'pending')
  return {
    file: `aliases-${connection.adopt ?? workspace.slug}.yaml`,
    workspaces: [here, ...rest].map(({ slug }) => slug),
    rows: aliasTable(here, rest).map(({ meanings, proposals, ...row }) => ({
      ...row,
      meanings: [...meanings],
      proposals: proposals.map(({ slug, why }) => ({ slug, why: [...why] })),
    })),
    choices: { sources: choices('sources'), destinations: choices('destinations') },
    pending: pending.map(({ path, reason }) => ({ path, reason })),
  }
}

async function sharersOf(db: Db, workspaces: readonly Pick<Workspace, 'id' | 'slug'>[]): Promise<Sharer[]> {
  const ids = workspaces.map(({ id }) => id)
  const [aliases, connections, names, tables] = await Promise.all([
    aliasesOf(db, ids),
    namedConnections(db, ids),
    spelledNames(db, ids),
    tablesRead(db, ids),
  ])
  return workspaces.map(({ id, slug }) => {
    const own = <T extends { readonly workspaceId: string }>(list: readonly T[]) =>
      list.filter(({ workspaceId }) => workspaceId === id)
    const stored = own(aliases)[0]?.aliases
    const bySection = <T>(of: (section: (typeof ALIAS_SECTIONS)[number]) => T) => ({
      sources: of('sources'),
      destinations: of('destinations'),
    })
    return {
      slug,
      aliases: bySection((section) => new Map(Object.entries(stored?.[section] ?? {}))),
      candidates: bySection((section) =>
        own(connections)
          .filter(({ kind }) => kind === section)
          .map((one) => ({
            slug: one.slug,
            name: one.name,
            type: one.type,
            tables: new Set(
              section === 'sources' ? own(tables).find(({ source }) => source === one.slug)?.tables : [],
            ),
          })),
      ),
      uses: bySection(
        (section) =>
          new Map(
            own(names)
              .filter((use) => use.section === section)
              .map(({ name, files }) => [name, files]),
          ),
      ),
    }
  })
}
