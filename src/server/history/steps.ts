import { pairMoves } from '../../core/history/pair-moves.ts'
import { joinPlaces, type Places, SAME_PLACES, type Step, stepBack } from '../../core/history/places.ts'
import { SCHEMA_FOLDERS } from '../../core/model/kind.ts'
import type { WalkedChange } from '../../git/walk.ts'
import type { History } from './open-history.ts'
import { type FileAt, fileAt, type OldFiles, readOldFiles } from './read-files.ts'

/** One file that a commit changed, seen from one parent. */
export type ChangedFile = { readonly before: FileAt | null; readonly after: FileAt | null }

/** `parent`: which one, where the commit has several. */
export function changedFiles(changes: readonly WalkedChange[], parent = 0): ChangedFile[] {
  return changes.flatMap(({ path, oid, was, faithful }) => {
    const before = fileAt(path, was[parent] ?? null, faithful)
    const after = fileAt(path, oid, faithful)
    return before || after ? [{ before, after }] : []
  })
}

/** What the files of a commit's change are to each other. Only where some went and some came is anything read. */
export async function stepOf(history: History, files: readonly ChangedFile[]): Promise<Step> {
  const gone = files.flatMap(({ before, after }) => (before && !after ? [before] : []))
  const added = files.flatMap(({ before, after }) => (after && !before ? [after] : []))
  const kinds = new Set(gone.map(({ ref }) => ref.kind))
  const left = new Set(added.map(({ ref }) => ref.kind))
  const candidates = [...gone, ...added].filter(({ ref }) => kinds.has(ref.kind) && left.has(ref.kind))
  const old = await readOldFiles(history, candidates)
  const paths = (list: readonly FileAt[]) => list.map(({ path }) => path)
  const moves = pairMoves(valued(gone, old), valued(added, old))
  return { gone: paths(gone), added: paths(added), moves }
}

function valued(files: readonly FileAt[], old: OldFiles) {
  return files.map((file) => {
    const read = old(file)
    return { ...file, value: read?.kind === 'read' ? read.value : null }
  })
}

/** Where the files of an earlier commit lie at a later one (S23). Of no ancestor nothing can be said. */
export async function tracePlaces(history: History, later: string, earlier: string): Promise<Places> {
  const { repository, connection } = history
  const edges = await repository.lineage(later, earlier)
  const places = new Map<string, Places>([[later, SAME_PLACES]])
  let at = 0
  const below = { root: connection.path, paths: SCHEMA_FOLDERS }
  for await (const changes of repository.diffEdges(edges, below)) {
    const edge = edges[at]
    at += 1
    if (!edge) break
    const here = places.get(edge.child) ?? SAME_PLACES
    const before = stepBack(here, await stepOf(history, changedFiles(changes)))
    const known = places.get(edge.parent)
    places.set(edge.parent, known ? joinPlaces(known, before) : before)
    // Children come before their parents, and the ways of one child together: nobody asks for it again.
    if (edges[at]?.child !== edge.child) places.delete(edge.child)
  }
  return places.get(earlier) ?? SAME_PLACES
}
