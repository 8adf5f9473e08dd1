import type { Cache } from './cache.ts'
import {
  type CommitText,
  type ContentRef,
  fastImportStream,
  type ImportCommit,
} from './fast-import-stream.ts'
import { GitError } from './git-error.ts'
import type { Identity } from './identity.ts'
import { runLocal } from './local.ts'
import { type Occupant, occupants } from './occupants.ts'
import { filePathProblem } from './parse-path.ts'
import { OUTGOING_REF } from './refs.ts'
import { isRegularFile } from './tree.ts'

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
  const tree = new Map(parent === null ? [] : await occupants(cache, parent, paths))
  const nextMark = counter()
  const commits = inputs.map((input) => importCommit(input, tree, nextMark))
  const bulk = paths.length > BULK_FILES
  const { stdout } = await runLocal(cache, {
    // The reference only keeps the objects alive. What guards against a lost race is the lease of the push.
    // Without deltas: it would try the blob before, which is another file.
    args: ['fast-import', '--quiet', '--force', '--done', '--date-format=raw', '--depth=0'],
    input: () => inPieces(fastImportStream(OUTGOING_REF, parent, commits)),
    config: [['core.compression', '1'], ...(bulk ? KEEP_PACK : [])],
    signal,
  })
  const written = readResult(commits, stdout.toString('utf8').split('\n'))
  written.forEach(({ oid }, i) => {
    cache.parents.set(oid, written[i - 1]?.oid ?? parent)
  })
  return written
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

/** Works out one commit against `tree`, and moves `tree` on to the state after it. */
function importCommit(input: CommitInput, tree: Map<string, Occupant>, nextMark: () => number): ImportCommit {
  const blobs: { mark: number; text: CommitText }[] = []
  const deletions: string[] = []
  const files: { path: string; mode: string; content: ContentRef }[] = []
  const contentOf = (text: CommitText): ContentRef => {
    const blob = { mark: nextMark(), text }
    blobs.push(blob)
    return { mark: blob.mark }
  }
  for (const file of input.files) {
    if ('from' in file) {
      const source = regularFile(tree, file.from)
      if (source === null) throw new GitError('invalid', `There is no ${file.from} to move.`)
      deletions.push(file.from)
      files.push({
        path: file.path,
        mode: source.mode,
        content: file.text === undefined ? source.content : contentOf(file.text),
      })
    } else if ('delete' in file) {
      if (regularFile(tree, file.path) !== null) deletions.push(file.path)
    } else {
      files.push({
        path: file.path,
        mode: regularFile(tree, file.path)?.mode ?? '100644',
        content: contentOf(file.text),
      })
    }
  }
  for (const path of deletions) tree.delete(path)
  for (const { path, mode, content } of files) {
    regularFile(tree, path)
    tree.set(path, { mode, content })
  }
  return { ...input, mark: nextMark(), blobs, deletions, files }
}

/** What lies at a path: a regular file, or nothing. Anything else there, or on the way there, is not ours. */
function regularFile(tree: ReadonlyMap<string, Occupant>, path: string): Occupant | null {
  const parts = path.split('/')
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/')
    const occupant = tree.get(folder)
    if (occupant !== undefined && occupant.mode !== '040000') throw taken(folder, occupant)
  }
  const occupant = tree.get(path)
  if (occupant === undefined || isRegularFile(occupant.mode)) return occupant ?? null
  throw taken(path, occupant)
}

const MODE_WORDS: ReadonlyMap<string, string> = new Map([
  ['040000', 'a folder'],
  ['120000', 'a symbolic link'],
  ['160000', 'a submodule'],
])

function taken(path: string, { mode }: Occupant): GitError {
  return new GitError(
    'path-taken',
    `${path} is ${MODE_WORDS.get(mode) ?? 'a file'} in the repository, and is left alone. Move it away to make room.`,
  )
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

function counter(): () => number {
  let last = 0
  return () => ++last
}
