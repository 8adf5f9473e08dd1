import { sameJson } from '../model/json.ts'
import { reconcile } from './reconcile.ts'
import type { BaseEntry, FileEntry, Pair, Snapshot } from './snapshot.ts'

/** A file as it was at the last good state; `blob` null: there was none. */
export type GoodFile = { readonly path: string; readonly blob: string | null }

/**
 * The files to put back so that a commit with errors stops nothing any more (S14): those at fault alone
 * where that mends it, for the rest of the commit may be somebody's good work; else all that came with it.
 */
export function lastGoodFiles(snapshot: Snapshot): GoodFile[] {
  const { problems } = reconcile(snapshot)
  const faulty = new Set(problems.map(({ file }) => file))
  const differing = snapshot.pairs.filter((pair) => pair.role !== 'context' && differs(pair, snapshot))
  const few = differing.filter((pair) => filesOf(pair).some(({ path }) => faulty.has(path)))
  const chosen = few.length > 0 && mends(snapshot, few) ? few : differing
  return chosen.flatMap(goodFiles)
}

function mends(snapshot: Snapshot, chosen: readonly Pair[]): boolean {
  const back = new Set(chosen)
  const pairs = snapshot.pairs.map((pair) => (back.has(pair) ? asAtBase(pair) : pair))
  return !reconcile({ ...snapshot, pairs }).plan.stopped
}

function asAtBase(pair: Pair): Pair {
  return { ...pair, file: pair.base && fileOf(pair.base), twins: [] }
}

function fileOf({ ref, path, blob, fileValue, value }: BaseEntry): FileEntry {
  return { kind: 'read', ref, path, blob, fileValue, value, problems: [] }
}

/** What was left alone before is no fault of the commit, and neither is another style: it stays as its author wrote it (F14). */
function differs({ base, file, twins }: Pair, { leftAlone }: Snapshot): boolean {
  if (file && leftAlone.has(file.path)) return false
  const isSaid = base !== null && file?.kind === 'read' && sameJson(base.fileValue, file.fileValue)
  if (isSaid && base.path === file.path && twins.length === 0) return false
  return twins.length > 0 || base?.path !== file?.path || base?.blob !== file?.blob
}

function filesOf({ file, twins }: Pair): FileEntry[] {
  return file ? [file, ...twins] : [...twins]
}

function goodFiles(pair: Pair): GoodFile[] {
  const { base } = pair
  const gone = filesOf(pair).filter(({ path }) => path !== base?.path)
  return [
    ...gone.map(({ path }) => ({ path, blob: null })),
    ...(base ? [{ path: base.path, blob: base.blob }] : []),
  ]
}
