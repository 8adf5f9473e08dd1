import { readdirSync, readFileSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { runGit } from '../../git/command.ts'
import type { CommitFile } from '../../git/commit.ts'
import { GitError } from '../../git/git-error.ts'
import { openRepository } from '../../git/repository.ts'
import type { Context } from '../context.ts'

const FILES = join(import.meta.dirname, 'plant-store')
const PERSON = { name: 'Tandem demo', email: 'demo@tandem.local' }
const GIT_MS = 30_000

/** A bare repository with the plant store's schema in one commit on `main`, made aside and moved into place. */
export async function makeRepository({ gitPolicy }: Context, folder: string): Promise<string> {
  const place = join(folder, 'plant-store.git')
  const unfinished = join(folder, 'unfinished.git')
  const cacheDir = join(folder, 'unfinished-cache')
  await Promise.all([unfinished, cacheDir].map((dir) => rm(dir, { recursive: true, force: true })))
  if (await isRepository(place)) return place
  await git(null, ['init', '--bare', '--quiet', '--template=', '--initial-branch=main', unfinished])
  const cache = await openRepository(cacheDir, gitPolicy.limits)
  const at = new Date()
  const [commit] = await cache.commit(null, [
    {
      message: 'Describe the plant store\n',
      author: { ...PERSON, at },
      committer: { ...PERSON, at },
      files: schemaFiles(),
    },
  ])
  if (commit === undefined) throw new Error('a commit was asked for')
  const remote = {
    url: `file://${unfinished}`,
    branch: 'main',
    credentials: { type: 'none' },
    policy: gitPolicy,
  } as const
  const pushed = await cache.push(remote, commit.oid, null)
  if (pushed.kind !== 'pushed') throw new GitError('failed', "The demo's repository cannot be written.")
  await rename(unfinished, place)
  await rm(cacheDir, { recursive: true, force: true })
  return place
}

function schemaFiles(): CommitFile[] {
  return readdirSync(FILES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(FILES, path), text: readFileSync(path, 'utf8') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function isRepository(dir: string): Promise<boolean> {
  const { code } = await runGit({
    gitDir: dir,
    args: ['rev-parse', '--is-bare-repository'],
    timeoutMs: GIT_MS,
  })
  return code === 0
}

async function git(gitDir: string | null, args: readonly string[]): Promise<void> {
  const { code, stderr } = await runGit({ gitDir, args, timeoutMs: GIT_MS })
  if (code !== 0) throw new GitError('failed', `The demo's repository cannot be made: ${stderr.trim()}`)
}
