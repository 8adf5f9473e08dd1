import { blocksOf, keepUnmanaged, sameValue } from '../format/normalize.ts'
import { checkValue } from '../lint/resource.ts'
import type { MergeField } from '../merge/merge-field.ts'
import type { MergeSides } from '../merge/merge-resource.ts'
import { mergeValues } from '../merge/merge-values.ts'
import { own, withoutKey } from '../model/json.ts'
import { type FileRef, resourceKey, type Value } from '../model/resource.ts'
import { mergedRef, type Names, type Respelled } from './names.ts'
import type { Pair, ReadFile, Snapshot } from './snapshot.ts'

/** What the rules of one resource say (S3, S29), before the others are looked at. */
export type Verdict =
  /** Nothing to do for either side; `rebase`: the file's bytes, place or spelling moved (S2). */
  | { readonly kind: 'same'; readonly rebase: boolean }
  | { readonly kind: 'inbound' }
  /** `rebase`: as above, or the workspace wins the first sync over the file as it is. */
  | { readonly kind: 'outbound'; readonly rebase: boolean }
  /** Both changed, and their changes go together: `value`, named `ref`, is for both sides (S4, S18). */
  | { readonly kind: 'merge'; readonly ref: FileRef; readonly value: Value }
  /** `fields`: where the changes do not go together. */
  | { readonly kind: 'conflict'; readonly fields: readonly MergeField[] }

/** The resource's identity on all sides: the workspace's slug where it has one. */
export function refOf(pair: Pair): FileRef {
  const side = pair.workspace ?? pair.file ?? pair.base
  if (!side) throw new Error('a pair without any side')
  return side.ref
}

/** What the file means for the workspace: blocks that it does not manage stay (F11). */
export function theirsOf(file: ReadFile, pair: Pair): Value {
  const present = pair.workspace?.value ?? pair.base?.value ?? null
  return keepUnmanaged(file.ref.kind, file.value, present)
}

export function workspaceChanged({ base, workspace }: Pair): boolean {
  if (!base || !workspace) return base !== null || workspace !== null
  if (base.ref.slug !== workspace.ref.slug) return true
  return base.value !== workspace.value && !sameValue(base.ref.kind, base.value, workspace.value)
}

/** It was saved here and Git has not the same; what only follows a rename changes nothing that it means (S18). */
export function isOnlyHere(pair: Pair, merged: Respelled): boolean {
  if (!workspaceChanged(pair)) return false
  const meant = merged(pair)
  return workspaceChanged(meant) && !isEqual(meant)
}

function repositoryChanged(pair: Pair): boolean {
  const { base, file } = pair
  if (!base || !file) return base !== null || file !== null
  if (file.kind === 'broken') return true
  if (base.ref.slug !== file.ref.slug) return true
  return !sameValue(base.ref.kind, base.value, keepUnmanaged(base.ref.kind, file.value, base.value))
}

type Rules = Pick<Snapshot, 'mode' | 'firstSync' | 'asked'>

/**
 * For a pair whose file, if any, can be read and used. References are compared by what they mean; a side that
 * still says the old name of a renamed resource takes the new one, whatever else becomes of it (S18).
 */
export function decide(pair: Pair, snapshot: Rules, names: Names): Verdict {
  const merged = names.merged(pair)
  const verdict = asAgreed(pair, decideByValue(merged, snapshot))
  const oursFollows = merged.workspace?.value !== pair.workspace?.value
  const theirsFollows = theirValue(merged) !== theirValue(pair)
  if (!oursFollows && !theirsFollows) return verdict
  return follow(merged, verdict, { oursFollows, theirsFollows })
}

/** Nothing moves that is on both sides as it was agreed on, though a name in it may mean another resource now. */
function asAgreed(pair: Pair, verdict: Verdict): Verdict {
  const isAgreed = verdict.kind === 'same' && pair.base !== null && !isMoved(pair)
  return isAgreed && !workspaceChanged(pair) && !repositoryChanged(pair)
    ? { kind: 'same', rebase: false }
    : verdict
}

function theirValue({ file }: Pair): Value | null {
  return file?.kind === 'read' ? file.value : null
}

function follow(
  merged: Pair,
  verdict: Verdict,
  { oursFollows, theirsFollows }: { oursFollows: boolean; theirsFollows: boolean },
): Verdict {
  const ref = mergedRef(merged)
  const { workspace, file } = merged
  if (!ref) return verdict
  switch (verdict.kind) {
    case 'same':
      if (!theirsFollows || !workspace) return oursFollows ? { kind: 'inbound' } : verdict
      return oursFollows
        ? { kind: 'merge', ref, value: workspace.value }
        : { kind: 'outbound', rebase: verdict.rebase }
    case 'inbound':
      if (!theirsFollows || file?.kind !== 'read') return verdict
      return { kind: 'merge', ref, value: theirsOf(file, merged) }
    case 'outbound':
      return oursFollows && workspace ? { kind: 'merge', ref, value: workspace.value } : verdict
    default:
      return verdict
  }
}

/** The same, with values as they stand. */
export function decideByValue(given: Pair, snapshot: Rules): Verdict {
  const pair = asManaged(given)
  const ours = workspaceChanged(pair)
  const theirs = repositoryChanged(pair)
  if (!ours) return theirs ? { kind: 'inbound' } : { kind: 'same', rebase: isMoved(pair) }
  if (!theirs) return { kind: 'outbound', rebase: isMoved(pair) }
  if (isEqual(pair)) return { kind: 'same', rebase: true }
  if (!pair.base) {
    if (!pair.file) return { kind: 'outbound', rebase: false }
    if (!pair.workspace) return { kind: 'inbound' }
    const winner = snapshot.mode === 'first' ? snapshot.firstSync : 'ask'
    if (winner === 'workspace') return { kind: 'outbound', rebase: true }
    if (winner === 'git') return { kind: 'inbound' }
  }
  return merge(pair, isFirst(pair, snapshot))
}

/** A block that the file has begun to manage was never agreed on, whatever the workspace has of it (F11). */
function asManaged(pair: Pair): Pair {
  const { base, file } = pair
  if (!base || file?.kind !== 'read') return pair
  const isNew = (block: string) =>
    own(base.fileValue, block) === undefined && own(file.value, block) !== undefined
  const news = blocksOf(base.ref.kind).filter((block) => own(base.value, block) !== undefined && isNew(block))
  return news.length === 0 ? pair : { ...pair, base: { ...base, value: news.reduce(withoutKey, base.value) } }
}

/** Nothing was ever agreed on: all that differs is asked about, until somebody settles it (S29). */
export function isFirst(pair: Pair, { mode, asked }: Pick<Snapshot, 'mode' | 'asked'>): boolean {
  return mode === 'first' || (pair.base === null && asked.has(resourceKey(refOf(pair))))
}

function merge(pair: Pair, isFirst: boolean): Verdict {
  const { kind } = refOf(pair)
  const sides = mergeSides(pair, isFirst)
  const result = mergeValues(kind, sides)
  if (result.kind === 'conflict') return { kind: 'conflict', fields: result.fields }
  const { value } = result
  // One side deleted it, the other gave it another name at most: there is nothing to name any more (S18).
  if (value === null) return pair.workspace ? { kind: 'inbound' } : { kind: 'outbound', rebase: true }
  const ref = mergedRef(pair)
  if (!ref) return { kind: 'conflict', fields: [] }
  // Fields that go together one by one may still make a whole that no file may hold (S28).
  if (checkValue(kind, value).some(({ severity }) => severity === 'error'))
    return { kind: 'conflict', fields: [] }
  const [ours, theirs] = [pair.workspace?.ref.slug, pair.file?.ref.slug]
  if (ref.slug === theirs && sides.theirs && sameValue(kind, value, sides.theirs)) return { kind: 'inbound' }
  if (ref.slug === ours && sides.ours && sameValue(kind, value, sides.ours))
    return { kind: 'outbound', rebase: true }
  return { kind: 'merge', ref, value }
}

/** What a merge is made of; a block that the file does not manage is as it was agreed on (F11). */
export function mergeSides(pair: Pair, isFirst: boolean): MergeSides {
  const { base, workspace, file } = pair
  const theirs = file?.kind === 'read' ? theirsOf(file, base ? { ...pair, workspace: null } : pair) : null
  return { base: base?.value ?? null, ours: workspace?.value ?? null, theirs, isFirst }
}

function isMoved({ base, file }: Pair): boolean {
  return base !== null && file !== null && (base.path !== file.path || base.blob !== file.blob)
}

export function isEqual(pair: Pair): boolean {
  const { workspace, file } = pair
  if (!workspace || !file) return workspace === null && file === null
  if (file.kind === 'broken' || workspace.ref.slug !== file.ref.slug) return false
  return sameValue(workspace.ref.kind, workspace.value, theirsOf(file, pair))
}
