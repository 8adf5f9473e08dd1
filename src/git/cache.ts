import { access, constants, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { runGit } from './command.ts'
import { explainLocalFailure } from './explain-failure.ts'
import { GitError } from './git-error.ts'
import { sweepLeftovers } from './leftovers.ts'
import type { GitLimits } from './limits.ts'

/**
 * A bare repository that mirrors what is needed of a remote. Everything in it can be fetched or made again:
 * it may be deleted at any time, and is cleared by us when it is damaged (S26).
 */
export type Cache = {
  readonly dir: string
  readonly limits: GitLimits
}

/** Makes sure that there is a repository. Cheap when there is one. */
export async function ensureCache(cache: Cache): Promise<void> {
  if (!(await looksSound(cache.dir))) await createCache(cache)
}

/** Clears what a killed process left: lock files, half-written packs, half-made repositories. */
export async function openCache(dir: string, limits: GitLimits, isSwept = false): Promise<Cache> {
  const cache: Cache = { dir, limits }
  await mkdir(dirname(dir), { recursive: true })
  if (!isSwept) await sweepLeftovers(dir)
  await ensureCache(cache)
  return cache
}

/** Puts an empty repository in the place of a damaged one. The next fetch fills it. */
export async function resetCache(cache: Cache): Promise<void> {
  await setAside(cache.dir)
  await ensureCache(cache)
}

/** Made beside its place and moved there whole: a kill in the middle leaves nothing half-made. */
async function createCache(cache: Cache): Promise<void> {
  await mkdir(dirname(cache.dir), { recursive: true })
  const fresh = await mkdtemp(`${cache.dir}.new-`)
  const { code, stderr } = await runGit({
    gitDir: fresh,
    args: ['init', '--bare', '--quiet', '--template=', '--object-format=sha1'],
    timeoutMs: cache.limits.localMs,
  })
  if (code !== 0) throw explainLocalFailure(stderr)
  try {
    await rename(fresh, cache.dir)
  } catch {
    // Something lies in the place: another task's repository, made meanwhile, or the remains of one.
    if (await looksSound(cache.dir)) return await rm(fresh, { recursive: true, force: true })
    await setAside(cache.dir)
    await rename(fresh, cache.dir)
  }
}

/** Renamed first, so that the place is free at once and nobody sees half of it. */
async function setAside(dir: string): Promise<void> {
  try {
    const grave = await mkdtemp(`${dir}.old-`)
    await rename(dir, join(grave, basename(dir)))
    await rm(grave, { recursive: true, force: true })
  } catch (error) {
    if (await exists(dir)) {
      throw new GitError(
        'disk',
        `The Git cache ${dir} is damaged and cannot be moved. Check the folder's owner and permissions.`,
        '',
        { cause: error },
      )
    }
  }
}

async function looksSound(dir: string): Promise<boolean> {
  const [head, objects, refs] = await Promise.all([
    readFile(join(dir, 'HEAD'), 'utf8').catch(() => ''),
    exists(join(dir, 'objects')),
    exists(join(dir, 'refs')),
  ])
  return head.startsWith('ref: refs/') && objects && refs
}

function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  )
}
