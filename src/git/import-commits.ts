import type { CommitInput } from './commit.ts'
import type { CommitText, ContentRef, ImportCommit } from './fast-import-stream.ts'
import { GitError } from './git-error.ts'
import type { Occupant } from './occupants.ts'
import { isRegularFile } from './tree.ts'

/** Lays commits out against what lies at their places, each on top of the one before. */
export function importCommits(
  inputs: readonly CommitInput[],
  occupied: ReadonlyMap<string, Occupant>,
): readonly ImportCommit[] {
  const tree = new Map(occupied)
  const nextMark = counter()
  return inputs.map((input) => importCommit(input, tree, nextMark))
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

function counter(): () => number {
  let last = 0
  return () => ++last
}
