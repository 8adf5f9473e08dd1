import { classifyPath, isFileMode } from '../../../core/format/classify.ts'

import { basePaths, basesByPath } from '../../../store/bases.ts'
import { lastPushed } from '../../../store/commit-records.ts'
import { openFiles } from '../../../store/sync-state.ts'
import { type Located, readFiles } from './read-files.ts'
import { fileSlug, readOwnFiles } from './read-own-files.ts'
import { fallenFiles } from './rewritten.ts'
import { SyncError } from './sync-error.ts'
import { type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/** Reads what may differ from the base, by object id, and nothing else (S12, S13). */
export async function readRepository(work: Work, facts: Facts): Promise<StepResult> {
  const state = known(facts.state)
  const { parent, isNewBranch } = known(facts.head)
  const mode = state.head === null && !(await hasBase(work)) ? 'first' : 'following'
  if (parent === null) {
    const branch = state.head === null ? 'ok' : 'gone'
    const own = await readOwnFiles(work, state, new Map(), true)
    facts.reading = { mode, branch, files: new Map(), fallen: new Map(), own, manifests: [] }
    return NEXT
  }
  const last = state.head === null ? null : await lastAgreed(work, state.head, state.last_commit)
  const isWhole =
    mode === 'first' || work.run.options.full || last !== state.head || last === null || isNewBranch
  const isRewritten = last !== null && (await hasPartedFrom(work, parent, last))
  // Given up: what the rewrite dropped is gone here too, as if somebody had taken it out (S16).
  const isGivenUp = work.run.options.approval?.dropped === 'give-up'
  const fallen = isRewritten && !isGivenUp ? await fallenFiles(work, last, parent) : new Map()
  const found =
    isWhole || isRewritten ? await everything(work, parent) : await changes(work, parent, state.head)
  // One file that came or changed says already that the path is not empty.
  const isSure = !state.had_files || last === parent || [...found.values()].some((blob) => blob !== null)
  const branch = isRewritten
    ? 'rewritten'
    : last === null || isSure || !(await isEmptied(work, parent))
      ? 'ok'
      : 'emptied'
  const resources = [...found].filter(([path]) => classifyPath(path).kind === 'resource')
  if (resources.length > work.limits.resources) throw tooMany(work.limits.resources)
  const suspects = await differing(work, new Map(resources), isWhole || isRewritten)
  const files = await readFiles(work, suspects)
  const own = await readOwnFiles(work, state, found, isWhole || isRewritten)
  facts.reading = {
    mode,
    branch,
    files,
    fallen,
    own,
    manifests: mode === 'first' ? othersOf(work, found) : [],
  }
  return NEXT
}

function othersOf(work: Work, found: Found): { path: string; workspace: string }[] {
  return [...found.keys()].flatMap((path) => {
    const file = classifyPath(path)
    const isOther = file.kind === 'manifest' && file.workspace !== fileSlug(work)
    return isOther ? [{ path, workspace: file.workspace }] : []
  })
}

async function hasBase(work: Work): Promise<boolean> {
  return (await basePaths(work.db, work.connection.id, 1)).length > 0
}

/**
 * The newest commit that bases speak of: the last one applied, or one of ours on top of what could not be
 * applied (S14) or of a push that was cut off (S26). Then no difference of two commits names every file
 * that is not as its base.
 */
async function lastAgreed(
  { db, connection, repository }: Work,
  applied: string,
  /** The newest of our commits by then: of what a rewrite dropped and somebody consented to, nothing is said. */
  before: string | null,
): Promise<string> {
  const ours = await lastPushed(db, connection.id, before)
  // A rewritten history whose old commits nobody has any more: neither can be looked at.
  if (ours === null || ours === applied || (await repository.isAncestor(ours, applied))) return applied
  return (await repository.hasCommit(applied)) ? ours : applied
}

/** S16: what must not be taken for an edit. A head that lies behind the last one is fetched again first. */
async function hasPartedFrom(work: Work, head: string, last: string): Promise<boolean> {
  if (last === head || (await work.repository.isAncestor(last, head))) return false
  const again = await work.repository.fetch(work.remote, work.signal)
  if (again.head === null || !(await work.repository.isAncestor(last, again.head))) return true
  throw new SyncError('moving', 'The branch moved while it was read.', { retry: 'later' })
}

/** S16: nothing at all lies in the path where files lay. */
async function isEmptied({ repository, connection }: Work, head: string): Promise<boolean> {
  if ((await repository.listNames(head, connection.path, FOLDERS)).length > 0) return false
  return (await repository.listTree(head, connection.path)).length === 0
}
const FOLDERS = ['models', 'syncs', 'schema', 'events']

/** Path → what lies there; null: gone, or nothing that a resource could be (F4). */
type Found = ReadonlyMap<string, string | null>

async function everything(work: Work, head: string): Promise<Found> {
  const entries = await work.repository.listTree(head, work.connection.path)
  const usable = entries.filter((entry) => entry.faithful && isFileMode(entry.mode))
  return new Map(usable.map((entry) => [entry.path, entry.oid]))
}

async function changes(work: Work, head: string, last: string | null): Promise<Found> {
  const found = new Map<string, string | null>()
  for (const file of await openFiles(work.db, work.connection.id)) found.set(file.path, file.blob)
  if (last === head) return found
  for (const change of await work.repository.diffTree(last, head, work.connection.path)) {
    const isThere = change.status !== 'D' && change.faithful && isFileMode(change.mode)
    found.set(change.path, isThere ? change.oid : null)
  }
  return found
}

/** Of the found paths those that are not as the base says; of everything also those that are gone. */
async function differing(work: Work, found: Found, isWhole: boolean): Promise<Located[]> {
  const { db, connection, run } = work
  const bases = isWhole
    ? await basePaths(db, connection.id)
    : await basesByPath(db, connection.id, [...found.keys()])
  const blobs = new Map(bases.map((base) => [base.path, base.blob]))
  const located: Located[] = []
  for (const [path, blob] of found) {
    if (blob !== blobs.get(path) || run.options.verify) located.push({ path, blob })
  }
  if (isWhole) for (const { path } of bases) if (!found.has(path)) located.push({ path, blob: null })
  return located
}

function tooMany(limit: number): SyncError {
  const hint = 'Raise the limit, or connect a folder with fewer files.'
  return new SyncError(
    'limit-resources',
    `The path holds more than ${limit} resources, the limit of this server.`,
    { hint },
  )
}
