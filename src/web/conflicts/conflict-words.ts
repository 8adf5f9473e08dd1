import { diffValues } from '../../core/format/field-diff.ts'
import { mergeValues } from '../../core/merge/merge-values.ts'
import { isObject, own, sameJson } from '../../core/model/json.ts'
import { parsePointer } from '../../core/model/json-pointer.ts'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { Value } from '../../core/model/resource.ts'
import { type FileConflict, sidesOf } from '../../core/wire/conflict-sides.ts'
import { nameClash } from '../../core/wire/name-clash.ts'
import type { MergeFieldWire } from '../../core/wire/plan.ts'
import { reviewName } from '../git/review-words.ts'
import { count, listWords, sentence } from '../words/count.ts'
import { fieldWord, pointerWords } from '../words/field-words.ts'
import { nameOf } from '../words/resource-name.ts'
import { isWhole, type Outcome } from './decisions.ts'

/** The name that a person knows the resource by; where both sides named it anew, the workspace's. */
export function conflictName(conflict: FileConflict): string {
  const { base, ours, theirs } = sidesOf(conflict)
  const value = ours ?? theirs ?? base
  return value === null ? conflict.slug : nameOf(conflict.kind, { ...value, slug: conflict.slug })
}

/** Why it is a conflict, in one line. */
export function conflictReason(conflict: FileConflict): string {
  const { ours, theirs, choices, causes, review } = conflict
  const clash = nameClash(conflict)
  if (clash)
    return `The name ${clash.slug} is taken here by the ${KIND_WORDS[clash.kind]}: rename one of the two`
  if (review !== undefined) return `Its review ${reviewName(review)} was closed without being merged`
  if (causes.length > 0) {
    const others = listWords(causes.map(({ kind, slug }) => `the ${KIND_WORDS[kind]} ${slug}`))
    const did = ours === null ? 'Deleted here' : theirs === null ? 'Deleted in Git' : 'Changed'
    return `${did}, which does not go together with ${others}`
  }
  if (ours === null) return 'Deleted here, changed in Git'
  if (theirs === null) return 'Changed here, deleted in Git'
  if (choices.length > 0) {
    const what = listWords(choices.map(mergeFieldWords))
    return conflict.isFirst
      ? `Different on both sides from the start: ${what}`
      : `Changed differently on both sides: ${what}`
  }
  return 'The changes of both sides do not make a sound resource together'
}

/** A field of the conflict as a person calls it; of fields that only go together, those that differ. */
export function mergeFieldWords(field: MergeFieldWire): string {
  const { path, paths, reason } = field
  if (reason === 'order') return `order of ${pointerWords(path)}`
  if (paths.length < 2) return pointerWords(path)
  return listWords(differingKeys(field).map(fieldWord), 4)
}

/** The keys of a group that are not alike on all sides. */
export function differingKeys({ paths, base, ours, theirs }: MergeFieldWire): readonly string[] {
  const keys = paths.map((path) => parsePointer(path)[0] ?? '')
  const at = (side: unknown, key: string) => (isObject(side) ? own(side, key) : undefined)
  return keys.filter(
    (key) =>
      !sameJson(at(ours, key), at(theirs, key)) ||
      (base !== undefined && !sameJson(at(base, key), at(ours, key))),
  )
}

export type Besides = { readonly fromGit: readonly string[]; readonly fromWorkspace: readonly string[] }

/** What only one side changed: it is in the result without a question. */
export function mergedBesides(conflict: FileConflict): Besides {
  if (isWhole(conflict)) return { fromGit: [], fromWorkspace: [] }
  const { kind } = conflict
  const sides = sidesOf(conflict)
  const atGit = { ...sides, ours: sides.theirs, theirs: sides.ours }
  const [here, there] = [mergeValues(kind, sides).value, mergeValues(kind, atGit).value]
  return {
    fromGit: changedFields(conflict, sides.ours, here),
    fromWorkspace: changedFields(conflict, sides.theirs, there),
  }
}

/** What settling brings about, before it is done. */
export function outcomeWords(conflict: FileConflict, outcome: Outcome): string {
  switch (outcome.kind) {
    case 'undecided':
      return isWhole(conflict) ? 'Choose the side to keep' : `${count(outcome.left, 'field')} still to choose`
    case 'unfit':
      return 'A value that was written cannot stand there'
    case 'ready':
      return sentence(readyWords(conflict, outcome.value))
  }
}

function readyWords(conflict: FileConflict, value: Value | null): string {
  const { base, ours, theirs } = sidesOf(conflict)
  const word = KIND_WORDS[conflict.kind]
  if (value === null) {
    return ours === null
      ? `one commit deletes the file in Git`
      : `the ${word} is deleted here; nothing is committed`
  }
  const toGit =
    theirs === null
      ? `one commit brings the file ${base === null ? '' : 'back '}to Git`
      : commitWords(conflict, theirs, value)
  const here = ours === null ? [`the ${word} is here again`] : hereWords(conflict, ours, value)
  return [toGit, ...here].join('; ')
}

function commitWords(conflict: FileConflict, theirs: Value, value: Value): string {
  const fields = changedFields(conflict, theirs, value)
  return fields.length === 0 ? 'nothing is committed' : `one commit to Git: ${listWords(fields)}`
}

function hereWords(conflict: FileConflict, ours: Value, value: Value): readonly string[] {
  const fields = changedFields(conflict, ours, value)
  return fields.length === 0 ? [] : [`the workspace takes ${listWords(fields)}`]
}

function changedFields({ kind }: FileConflict, before: Value | null, after: Value | null): readonly string[] {
  const keys = diffValues(kind, before, after).map(({ path }) => parsePointer(path)[0] ?? '')
  return [...new Set(keys)].map(fieldWord)
}
