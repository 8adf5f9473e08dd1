import { type Alike, groupAlike, renameOf } from '../format/compare-folders.ts'
import type { FileRef, FileValue, Value } from '../model/resource.ts'
import type { BaseEntry, Pair, ReadFile } from './snapshot.ts'

/** The value that a file with this content has here: after aliases, normalised. */
export type Read = (kind: FileRef['kind'], fileValue: FileValue) => Value

/**
 * S18: a base whose file is gone and a new file of the same value, the only such pair, are one resource.
 * Values are compared as the files say them, so that a name which only a forward makes good is no difference.
 */
export function pairRenames(pairs: readonly Pair[], read: Read): Pair[] {
  const gone = pairs.flatMap(({ base, file }, i) => (base && !file ? [fromBase(base, i, read)] : []))
  if (gone.length === 0) return [...pairs]
  const added = pairs.flatMap((pair, i) => (isNew(pair) ? [fromFile(pair.file, i, read)] : []))
  const groups = groupAlike(gone, added)
  const renames = groups.flatMap((group) => renameOf(group) ?? [])
  const files = new Map(renames.map(([to, from]) => [from.at, pairs[to.at]?.file ?? null]))
  const taken = new Set(renames.map(([to]) => to.at))
  const unclear = new Map(groups.filter((group) => !renameOf(group)).flatMap(labelled))
  return pairs.flatMap((pair, i): Pair[] => {
    if (taken.has(i)) return []
    const [file, lookalikes] = [files.get(i), unclear.get(i)]
    if (file) return [{ ...pair, role: 'touched', file }]
    return [lookalikes === undefined ? pair : { ...pair, lookalikes }]
  })
}

function labelled({ removed, added }: Alike<Candidate>, label: number): [number, number][] {
  return [...removed, ...added].map(({ at }) => [at, label])
}

type Candidate = { readonly at: number; readonly ref: FileRef; readonly value: Value }

function fromBase({ ref, fileValue }: BaseEntry, at: number, read: Read): Candidate {
  return { at, ref, value: read(ref.kind, fileValue) }
}

function fromFile({ ref, fileValue }: ReadFile, at: number, read: Read): Candidate {
  return { at, ref, value: read(ref.kind, fileValue) }
}

type NewFile = Pair & { readonly file: ReadFile }

function isNew(pair: Pair): pair is NewFile {
  const { base, workspace, file, twins } = pair
  return base === null && workspace === null && file?.kind === 'read' && twins.length === 0
}
