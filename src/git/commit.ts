import { rememberAncestor } from './ancestry.ts'
import type { Cache } from './cache.ts'
import {
  type CommitText,
  type ContentRef,
  fastImportStream,
  type ImportCommit,
} from './fast-import-stream.ts'
import { GitError } from './git-error.ts'
import type { Identity } from './identity.ts'
import { importCommits } from './import-commits.ts'
import { runLocal } from './local.ts'
import { askOccupants, occupants, placesOf, readOccupants } from './occupants.ts'
import { filePathProblem } from './parse-path.ts'
import { OUTGOING_REF } from './refs.ts'
import type { Replies } from './replies.ts'

/** Paths are relative to the repository's root. A move keeps the content unless it brings a new `text`. */
export type CommitFile =
  | { readonly path: string; readonly text: CommitText }
  | { readonly path: string; readonly delete: true }
  | { readonly path: string; readonly from: string; readonly text?: CommitText }

export type CommitInput = {
  /** Built by `commitMessage`. */
  readonly message: string
  readonly author: Identity
  readonly committer: Identity
  readonly files: readonly CommitFile[]
  /** A second parent, whose files count for nothing: its branch can move on to this commit without force. */
  readonly merges?: string
}

/** `blobs`: the content id of every file that the commit wrote or moved, by its path. */
export type Commit = { readonly oid: string; readonly blobs: ReadonlyMap<string, string> }

const PATH_BYTES = 4_000
/** From here on fast-import keeps its pack: single objects would cost more than they save. */
const BULK_FILES = 20
// The reference only keeps the objects alive. What guards against a lost race is the lease of the push.
// Without deltas: it would try the blob before, which is another file.
const FAST_IMPORT = ['fast-import', '--quiet', '--force', '--done', '--date-format=raw', '--depth=0']
const CONFIG = [['core.compression', '1']] as const
const KEEP_PACK = [['fastimport.unpackLimit', '1']] as const

/**
 * Writes commits stacked on `parent` (null: the first of a repository) into the cache, in one go, without a
 * working tree. File modes are kept. A symbolic link or a submodule is never replaced.
 */
export async function writeCommits(
  cache: Cache,
  parent: string | null,
  inputs: readonly CommitInput[],
  signal?: AbortSignal,
): Promise<readonly Commit[]> {
  if (inputs.length === 0) return []
  const paths = inputs.flatMap(({ files }) => files.flatMap(pathsOf))
  for (const path of paths) checkPath(path)
  const places = placesOf(paths)
  const isBulk = paths.length > BULK_FILES
  const written =
    parent !== null && !isBulk
      ? await writeFew(cache, parent, inputs, places, signal)
      : await writeMany(cache, parent, inputs, places, isBulk, signal)
  written.forEach(({ oid }, i) => {
    const below = written[i - 1]?.oid ?? parent
    if (below !== null) rememberAncestor(below, oid)
  })
  return written
}

async function writeMany(
  cache: Cache,
  parent: string | null,
  inputs: readonly CommitInput[],
  places: ReadonlySet<string>,
  isBulk: boolean,
  signal?: AbortSignal,
): Promise<readonly Commit[]> {
  const commits = importCommits(inputs, parent === null ? new Map() : await occupants(cache, parent, places))
  const { stdout } = await runLocal(cache, {
    args: FAST_IMPORT,
    input: () => inPieces(fastImportStream(OUTGOING_REF, parent, commits)),
    config: [...CONFIG, ...(isBulk ? KEEP_PACK : [])],
    signal,
  })
  return readResult(commits, stdout.toString('utf8').split('\n'))
}

/** One process looks the places up and writes: of a lone save a second one would be a tenth of the time. */
async function writeFew(
  cache: Cache,
  parent: string,
  inputs: readonly CommitInput[],
  places: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<readonly Commit[]> {
  const laidOut: { commits: readonly ImportCommit[]; fault?: unknown } = { commits: [] }
  async function* converse(replies: Replies): AsyncGenerator<string> {
    yield askOccupants(parent, places)
    const lines = await replies.next(places.size)
    try {
      laidOut.commits = importCommits(inputs, readOccupants(places, lines))
    } catch (fault) {
      // Thrown from here it would only break git's pipe.
      laidOut.fault = fault
      yield 'done\n'
      return
    }
    yield* inPieces(fastImportStream(OUTGOING_REF, parent, laidOut.commits))
  }
  const input = () => converse
  const { stdout } = await runLocal(cache, { args: FAST_IMPORT, input, config: CONFIG, signal })
  if (laidOut.fault !== undefined) throw laidOut.fault
  return readResult(laidOut.commits, stdout.toString('utf8').split('\n').slice(places.size))
}

/** A pipe takes some files at once as fast as one. */
const PIECE = 64 * 1024

function* inPieces(texts: Iterable<string>): Generator<string> {
  let piece = ''
  for (const text of texts) {
    piece += text
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  yield piece
}

function pathsOf(file: CommitFile): readonly string[] {
  return 'from' in file ? [file.from, file.path] : [file.path]
}

function checkPath(path: string): void {
  const problem = filePathProblem(path, PATH_BYTES)
  if (problem !== null) throw new GitError('invalid', `The path of a file to commit ${problem}.`)
}

function readResult(commits: readonly ImportCommit[], lines: readonly string[]): readonly Commit[] {
  const oids = new Map<number, string>()
  let line = 0
  for (const { mark, blobs } of commits) {
    for (const each of [mark, ...blobs.map((blob) => blob.mark)]) oids.set(each, lines[line++] ?? '')
  }
  const oidOf = (content: ContentRef): string =>
    'oid' in content ? content.oid : (oids.get(content.mark) ?? '')
  return commits.map(({ mark, files }) => ({
    oid: oidOf({ mark }),
    blobs: new Map(files.map(({ path, content }) => [path, oidOf(content)])),
  }))
}
