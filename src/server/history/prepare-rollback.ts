import { createHash } from 'node:crypto'
import { planRollback, type Rollback, type RollbackPair } from '../../core/history/rollback.ts'
import type { Diagnostic } from '../../core/model/diagnostic.ts'
import { KIND_WORDS } from '../../core/model/kind.ts'
import { type FileRef, resourceKey } from '../../core/model/resource.ts'
import { resourcesWithFile } from '../../store/history-queries.ts'
import { ProblemError } from '../problem-error.ts'
import type { History } from './open-history.ts'
import { filesOf, readOldFiles } from './read-files.ts'
import { isUnchanged, onlyPair, pairWithWorkspace, type WorkspacePair } from './workspace-pairs.ts'

export type PreparedRollback = Rollback & {
  /** Errors of the old files themselves: they cannot be read, so they cannot come back. */
  readonly faults: readonly Diagnostic[]
  /** Names what it does, value by value. */
  readonly digest: string
  /** Where the file lies or lay, by kind and slug. */
  readonly pathOf: (ref: FileRef) => string | null
}

/** S23: what going back to a commit means today, for one resource or for the schema as a whole. */
export async function prepareRollback(
  history: History,
  commit: string,
  only: FileRef | null,
): Promise<PreparedRollback> {
  const { pairs, slugToday } = await pairWithWorkspace(history, commit)
  const wanted = only === null ? pairs : [existing(pairs, only, commit)]
  const differing = wanted.filter((pair) => !isUnchanged(pair))
  const open = await withoutLeftAlone(history, differing)
  const old = await readOldFiles(
    history,
    open.map(({ past }) => past),
  )
  const ids = open.flatMap(({ now }) => (now ? [now.id] : []))
  const today = await resourcesWithFile(history.db, history.connection.id, ids)
  const faults: Diagnostic[] = []
  const rollbackPairs = open.flatMap(({ past, now }): RollbackPair[] => {
    const file = old(past)
    const present = (now && today.get(now.id)) ?? null
    if (file?.kind === 'broken') faults.push(...file.diagnostics)
    if (file?.kind === 'broken') return []
    const read = file?.kind === 'read' && past ? { ref: past.ref, value: file.value } : null
    return read || present ? [{ past: read, now: present }] : []
  })
  const plan = planRollback(rollbackPairs, slugToday)
  const paths = new Map(
    open.map(({ past, now }) => [keyOf(now?.ref ?? past?.ref), now?.file?.path ?? past?.path ?? null]),
  )
  return { ...plan, faults, digest: digestOf(plan), pathOf: (ref) => paths.get(keyOf(ref)) ?? null }
}

function keyOf(ref: FileRef | undefined): string {
  return ref ? `${ref.kind}/${ref.slug}` : ''
}

function existing(pairs: readonly WorkspacePair[], only: FileRef, commit: string): WorkspacePair {
  const pair = onlyPair(pairs, only)
  if (pair?.past) return pair
  const word = `${KIND_WORDS[only.kind]} "${only.slug}"`
  const short = commit.slice(0, 7)
  if (!pair) throw new ProblemError('not-found', `There is no ${word}, neither today nor at ${short}.`)
  const key = resourceKey(only)
  const other = pairs.find(({ past, now }) => past && now && resourceKey(past.ref) === key)
  const hint = other?.now
    ? `What was called so then is "${other.now.ref.slug}" today: restore that.`
    : 'Choose a later version, or delete it.'
  throw new ProblemError('not-found', `The ${word} did not exist at ${short}. ${hint}`)
}

/** A file that is nobody's today and the same as then was set aside or waits: going back changes nothing about it. */
async function withoutLeftAlone(
  history: History,
  pairs: readonly WorkspacePair[],
): Promise<readonly WorkspacePair[]> {
  if (!pairs.some(({ past, now }) => past && !now)) return pairs
  const head = await filesOf(history, history.head)
  return pairs.filter(({ past, now }) => !past || now || head.get(past.path)?.oid !== past.oid)
}

function digestOf({ writes, deletes }: Rollback): string {
  return createHash('sha256')
    .update(JSON.stringify([writes, deletes]))
    .digest('hex')
}
