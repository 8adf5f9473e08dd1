import { type Aliases, type AliasSection, resolveAlias } from '../../core/environments/aliases.ts'
import type { AliasRename } from '../../core/environments/rename-alias.ts'
import type { RenamedAlias } from '../../core/wire/environments.ts'
import { isAliasChangeUnderWay } from '../../store/aliases.ts'
import type { Connection } from '../../store/connections.ts'
import type { Db } from '../../store/database.ts'
import { aliasesOf, namedConnections } from '../../store/environments.ts'
import { type Neighbour, neighboursOn } from '../../store/neighbours.ts'
import { proposalsSpelling } from '../../store/proposals.ts'
import type { Workspace } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { may } from '../auth/authorize.ts'
import { ProblemError } from '../problem-error.ts'

type Place = { readonly actor: Actor; readonly workspace: Workspace; readonly connection: Connection }

/**
 * Refuses what can be refused before a run; the run looks at the files themselves. Answers the workspaces that
 * read these files from another branch: nothing breaks there until the files arrive, and then the name has to be known.
 */
export async function checkAliasRename(
  db: Db,
  place: Place,
  rename: AliasRename,
): Promise<RenamedAlias['addIn']> {
  const { actor, workspace, connection } = place
  if (connection.activeSince === null || !workspace.gitSync) {
    throw new ProblemError(
      'alias-waits',
      'Nothing is synced yet. Switch Git Sync on and run the first sync first.',
    )
  }
  if (connection.mode === 'review') {
    throw new ProblemError(
      'alias-waits',
      'Saves of this workspace go to reviews, and an alias is renamed by one commit on the branch itself. Rename it in a pull request by hand, or set the mode of the connection to direct for it.',
    )
  }
  if (await isAliasChangeUnderWay(db, connection.id)) {
    throw new ProblemError(
      'alias-waits',
      'Aliases that were saved before are not in Git yet. Sync, then try again.',
    )
  }
  const neighbours = (await neighboursOn(db, workspace.id, connection.url)).filter(
    ({ path }) => path === connection.path,
  )
  const sharers = neighbours.filter(({ branch }) => branch === connection.branch)
  for (const sharer of sharers) refuseWithoutRight(actor, sharer)
  const meanings = await meaningsIn(db, [workspace, ...neighbours], rename.section)
  checkName(meanings.get(workspace.id), rename)
  const reviewed = await proposalsSpelling(db, [workspace.id, ...sharers.map(({ id }) => id)], rename)
  const [first] = reviewed
  if (first) {
    throw new ProblemError(
      'alias-waits',
      `The review ${first.branch} has ${first.kind}/${first.slug}, which says ${rename.from}. Merge or close it first: what it brings would name nothing.`,
    )
  }
  return neighbours.flatMap((other) =>
    sharers.includes(other) ? [] : toAdd(other, meanings.get(other.id), rename, actor),
  )
}

function refuseWithoutRight(actor: Actor, sharer: Neighbour): void {
  if (may(actor, 'git.aliases', sharer.id)) return
  const name = may(actor, 'workspace.read', sharer.id) ? sharer.slug : 'another workspace'
  throw new ProblemError(
    'forbidden',
    `The same files are shared with ${name}, whose alias file would change too. This needs the role editor there.`,
  )
}

type Meanings = { readonly aliases: Aliases; readonly slugs: ReadonlySet<string> }

async function meaningsIn(
  db: Db,
  workspaces: readonly { readonly id: string }[],
  section: AliasSection,
): Promise<Map<string, Meanings>> {
  const ids = workspaces.map(({ id }) => id)
  const [aliases, connections] = await Promise.all([aliasesOf(db, ids), namedConnections(db, ids)])
  return new Map(
    ids.map((id) => {
      const stored = aliases.find(({ workspaceId }) => workspaceId === id)?.aliases
      const own = connections.filter(({ workspaceId, kind }) => workspaceId === id && kind === section)
      const maps = {
        sources: new Map(Object.entries(stored?.sources ?? {})),
        destinations: new Map(Object.entries(stored?.destinations ?? {})),
      }
      return [id, { aliases: maps, slugs: new Set(own.map(({ slug }) => slug)) }]
    }),
  )
}

function checkName(here: Meanings | undefined, { section, from, to }: AliasRename): void {
  if (!here?.aliases[section].has(from)) {
    throw new ProblemError('not-found', `The alias file has no ${from} under ${section}.`)
  }
  if (from === to) throw new ProblemError('invalid-setting', `The alias is called ${from} already.`)
  const [before, taken] = [meant(here, section, from), meant(here, section, to)]
  if (taken === null || taken === before) return
  throw new ProblemError('invalid-setting', `${to} means ${taken} here already. Choose a name that is free.`)
}

/** Null: nothing. */
function meant({ aliases, slugs }: Meanings, section: AliasSection, name: string): string | null {
  const meaning = resolveAlias(name, section, aliases)
  return meaning.kind === 'slug' && slugs.has(meaning.slug) ? meaning.slug : null
}

function toAdd(
  other: Neighbour,
  there: Meanings | undefined,
  { section, from, to }: AliasRename,
  actor: Actor,
): RenamedAlias['addIn'] {
  if (there === undefined || !may(actor, 'workspace.read', other.id)) return []
  const slug = meant(there, section, from)
  if (slug === null || meant(there, section, to) === slug) return []
  const file = `aliases-${other.adopt ?? other.slug}.yaml`
  return [{ workspace: other.slug, branch: other.branch, file, section, name: to, slug }]
}
