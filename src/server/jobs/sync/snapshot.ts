import type { Aliases } from '../../../core/environments/aliases.ts'
import type { SavedSet } from '../../../core/plan/commits/draft.ts'
import { type FallenBases, fallBack } from '../../../core/plan/fall-back.ts'
import { followForwards, toMend } from '../../../core/plan/forwards.ts'
import { allowanceOf } from '../../../core/plan/kept-secret.ts'
import { changedNames, mergeAliases } from '../../../core/plan/merge-aliases.ts'
import { pairUp, type Sides } from '../../../core/plan/pair-up.ts'
import type { Pair, QueuedSet, Snapshot } from '../../../core/plan/snapshot.ts'
import { allowedSecrets } from '../../../store/allowed-secrets.ts'
import { countBases } from '../../../store/bases.ts'
import type { Db } from '../../../store/database.ts'
import { reviewsOf } from '../../../store/proposals.ts'
import { queuedSets } from '../../../store/queued-sets.ts'
import {
  askedFirst,
  connectionSlugs,
  countResources,
  deletedIds,
  lastChangeId,
} from '../../../store/snapshot-queries.ts'
import { type OpenFileRow, openFiles } from '../../../store/sync-state.ts'
import { loadSides, meaningOf } from './load-sides.ts'
import { occupiedPlaces } from './occupied.ts'
import { toAliases } from './read-own-files.ts'
import { shareValues } from './share-values.ts'
import { type Facts, known, NEXT, type Reading, type StepResult, type Work } from './work.ts'

/** One consistent look at base, workspace and repository (S1). */
export async function takeSnapshot(work: Work, facts: Facts): Promise<StepResult> {
  await work.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((tx) => takeSnapshotIn(tx, work, facts))
  return NEXT
}

/** The same in a transaction of the caller, who sees to it that it is one look. */
export async function takeSnapshotIn(tx: Db, work: Work, facts: Facts): Promise<void> {
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
  const sets = await queuedSets(tx, work.connection.workspaceId, state.wanted_aliases_set)
  facts.lastChange = await lastChangeId(tx, work.connection.workspaceId)
  const open = await openFiles(tx, work.connection.id)
  const sides = await loadSides(tx, work, { reading, sets, aliases, renamed, open })
  const fallen = await fallenBases(tx, work, sides, reading, aliases)
  facts.fallen = fallen
  const pairs = followForwards(pairUp({ ...sides, bases: fallen.bases }), sides.forwards)
  facts.sets = shareValues(sets, pairs)
  const mend = toMend(pairs, mendAsked(work, sets))
  facts.snapshot = {
    ...(await surroundings(tx, work, facts, pairs, open)),
    pairs,
    queued: sets.map(links),
    mend,
  }
}

/** By this run, or by one that was cut off and left its change set in the outbox (S26). */
function mendAsked({ run }: Work, sets: readonly SavedSet[]): (id: string) => boolean {
  const queued = new Set(
    sets.flatMap(({ kind, changes }) => (kind === 'mend' ? changes.map(({ resourceId }) => resourceId) : [])),
  )
  return (id) => run.options.mend === true || queued.has(id)
}

/** A rewritten history takes the bases back to where it parts from the old one (S16). */
async function fallenBases(
  tx: Db,
  { connection }: Work,
  { bases }: Sides,
  { fallen }: Reading,
  aliases: Aliases,
): Promise<FallenBases> {
  const files = new Map([...fallen].map(([path, file]) => [path, file && meaningOf(file, aliases)]))
  const refs = [...files.values()].flatMap((file) => (file ? [file.ref] : []))
  return fallBack(bases, files, await deletedIds(tx, connection.workspaceId, refs))
}

async function surroundings(
  tx: Db,
  work: Work,
  facts: Facts,
  pairs: readonly Pair[],
  open: readonly OpenFileRow[],
): Promise<Omit<Snapshot, 'pairs' | 'queued' | 'mend'>> {
  const { connection } = work
  const reading = known(facts.reading)
  const { parent } = known(facts.head)
  const manifest = reading.mode === 'first' ? reading.own.manifest : null
  const slugs = await connectionSlugs(tx, connection.workspaceId)
  return {
    mode: reading.mode,
    firstSync: connection.firstSync,
    asked: await askedFirst(tx, connection.id),
    head: parent,
    base: known(facts.state).head,
    branch: reading.branch,
    connections: {
      sources: new Set([...slugs.sources, ...(manifest?.sources.keys() ?? [])]),
      destinations: new Set([...slugs.destinations, ...(manifest?.destinations.keys() ?? [])]),
    },
    known: new Set(open.flatMap((file) => file.errors)),
    leftAlone: new Set([
      ...open.filter((file) => isLeftAlone(file, reading)).map((file) => file.path),
      ...(work.run.options.setAside ?? []),
    ]),
    needsApproval: connection.approval,
    approved: new Set(work.run.options.approval ? [work.run.options.approval.digest] : []),
    aliasProblems: reading.own.aliasProblems,
    totals: await totals(tx, work, reading, pairs),
    occupied: await occupiedPlaces(work, parent, pairs),
    allowedSecrets: await allowances(tx, connection.workspaceId),
    reviews: await reviewsOf(tx, connection.id),
    aliasFile: reading.own.aliasPath,
    names: new Map(),
  }
}

async function allowances(tx: Db, workspaceId: string): Promise<ReadonlySet<string>> {
  const allowed = await allowedSecrets(tx, workspaceId)
  return new Set(allowed.map((secret) => allowanceOf(secret.resourceId, secret)))
}

/** As many deletions are never held for being many, whatever the whole is (S16). */
const FEW = 5

/** Counted only when somebody asks what part of the whole is deleted: a save costs the same in any workspace (S30). */
async function totals(
  tx: Db,
  { connection }: Work,
  { branch }: Reading,
  pairs: readonly Pair[],
): Promise<Snapshot['totals']> {
  const missing = pairs.filter((pair) => pair.workspace === null || pair.file === null).length
  if (branch === 'ok' && missing <= FEW) return { resources: pairs.length, files: pairs.length }
  return {
    resources: await countResources(tx, connection.workspaceId),
    files: await countBases(tx, connection.id),
  }
}

function isLeftAlone(file: OpenFileRow, { files }: Reading): boolean {
  const isLeft = file.state === 'aside' || file.state === 'pending'
  return isLeft && (!files.has(file.path) || files.get(file.path)?.blob === file.blob)
}

function links({ id, changes }: SavedSet): QueuedSet {
  return { id, resourceIds: changes.map((change) => change.resourceId) }
}
