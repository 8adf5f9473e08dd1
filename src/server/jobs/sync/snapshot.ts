import type { SavedSet } from '../../../core/plan/commits/draft.ts'
import { changedNames, mergeAliases } from '../../../core/plan/merge-aliases.ts'
import { pairUp } from '../../../core/plan/pair-up.ts'
import type { Pair, QueuedSet, Snapshot } from '../../../core/plan/snapshot.ts'
import { countBases } from '../../../store/bases.ts'
import type { Db } from '../../../store/database.ts'
import { queuedSets } from '../../../store/queued-sets.ts'
import { connectionSlugs, countResources, lastChangeId } from '../../../store/snapshot-queries.ts'
import { type OpenFileRow, openFiles } from '../../../store/sync-state.ts'
import { loadSides } from './load-sides.ts'
import { occupiedPlaces } from './occupied.ts'
import { toAliases } from './read-own-files.ts'
import { shareValues } from './share-values.ts'
import { type Facts, known, NEXT, type Reading, type StepResult, type Work } from './work.ts'

/** One consistent look at base, workspace and repository (S1). */
export async function takeSnapshot(work: Work, facts: Facts): Promise<StepResult> {
  const reading = known(facts.reading)
  const state = known(facts.state)
  const before = toAliases(state.aliases)
  const wanted = state.wanted_aliases && toAliases(state.wanted_aliases)
  const { aliases, overruled } = mergeAliases(before, wanted, reading.own.aliases)
  facts.aliases = aliases
  facts.overruled = overruled
  const renamed = {
    sources: changedNames('sources', before, aliases),
    destinations: changedNames('destinations', before, aliases),
  }
  await work.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const sets = await queuedSets(tx, work.connection.workspaceId, state.wanted_aliases_set)
      facts.lastChange = await lastChangeId(tx, work.connection.workspaceId)
      const sides = await loadSides(tx, work, { reading, sets, aliases, renamed })
      const pairs = pairUp(sides)
      facts.sets = shareValues(sets, pairs)
      facts.snapshot = { ...(await surroundings(tx, work, facts, pairs)), pairs, queued: sets.map(links) }
    })
  return NEXT
}

async function surroundings(
  tx: Db,
  work: Work,
  facts: Facts,
  pairs: readonly Pair[],
): Promise<Omit<Snapshot, 'pairs' | 'queued'>> {
  const { connection } = work
  const reading = known(facts.reading)
  const { parent } = known(facts.head)
  const manifest = reading.mode === 'first' ? reading.own.manifest : null
  const slugs = await connectionSlugs(tx, connection.workspaceId)
  const open = await openFiles(tx, connection.id)
  return {
    mode: reading.mode,
    firstSync: connection.firstSync,
    head: parent,
    base: known(facts.state).head,
    branch: reading.branch,
    connections: {
      sources: new Set([...slugs.sources, ...(manifest?.sources.keys() ?? [])]),
      destinations: new Set([...slugs.destinations, ...(manifest?.destinations.keys() ?? [])]),
    },
    known: new Set(open.flatMap((file) => file.errors)),
    leftAlone: new Set(open.filter((file) => isLeftAlone(file, reading)).map((file) => file.path)),
    aliasProblems: reading.own.aliasProblems,
    totals: {
      resources: await countResources(tx, connection.workspaceId),
      files: await countBases(tx, connection.id),
    },
    occupied: await occupiedPlaces(work, parent, pairs),
    aliasFile: reading.own.aliasPath,
    names: new Map(),
  }
}

function isLeftAlone(file: OpenFileRow, { files }: Reading): boolean {
  const isLeft = file.state === 'aside' || file.state === 'pending'
  return isLeft && (!files.has(file.path) || files.get(file.path)?.blob === file.blob)
}

function links({ id, changes }: SavedSet): QueuedSet {
  return { id, resourceIds: changes.map((change) => change.resourceId) }
}
