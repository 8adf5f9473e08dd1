import type { Cache } from './cache.ts'
import { GitError } from './git-error.ts'
import { isAncestor } from './history.ts'
import { runLocal } from './local.ts'

/** What merging would give. `conflict`: the two cannot be merged without a person, in these files. */
export type Merged =
  | { readonly kind: 'merged'; readonly commit: string }
  | { readonly kind: 'conflict'; readonly files: readonly string[] }

const FILES_MAX = 100
const IDENTITY = [
  ['user.name', 'Tandem'],
  ['user.email', 'tandem@localhost'],
] as const

/** Merges one commit into another, in the cache alone: nothing refers to what it makes (S22). */
export async function mergeCommits(cache: Cache, into: string, head: string): Promise<Merged> {
  if (await isAncestor(cache, head, into)) return { kind: 'merged', commit: into }
  if (await isAncestor(cache, into, head)) return { kind: 'merged', commit: head }
  const { code, stdout } = await runLocal(cache, {
    args: ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', into, head],
    codes: [0, 1, 128, 129],
  })
  if (code > 1) throw tooOld()
  const [tree = '', ...files] = stdout.toString('utf8').split('\0')
  if (code === 1) return { kind: 'conflict', files: files.filter((file) => file !== '').slice(0, FILES_MAX) }
  const { stdout: commit } = await runLocal(cache, {
    args: ['commit-tree', tree, '-p', into, '-p', head, '-m', 'What merging would give'],
    config: IDENTITY,
  })
  return { kind: 'merged', commit: commit.toString('utf8').trim() }
}

function tooOld(): GitError {
  return new GitError(
    'git-too-old',
    'What merging would give cannot be told: the histories have nothing in common, or git on this server is older than 2.38.',
  )
}
