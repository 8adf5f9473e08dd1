import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { rememberAncestor } from './ancestry.ts'
import { type Cache, ensureCache, resetCache } from './cache.ts'
import { type GitExit, startGit } from './command.ts'
import { GitError } from './git-error.ts'
import { breakLock, isDamage } from './local.ts'
import { headRef, incomingRef, looseRef, readCommit, type Tip, writeRefs } from './refs.ts'
import { type Remote, type RemoteAccess, withRemote } from './remote.ts'

/** `head` is null when the branch is not there, which an empty repository's never is. */
export type Fetched =
  | { readonly head: string; readonly tip: Tip }
  | { readonly head: null; readonly tip: null }

const WATCH_MS = 50

/** Brings the branch with its history into the cache. A damaged cache is cleared and filled anew, once. */
export async function fetchBranch(cache: Cache, remote: Remote, signal?: AbortSignal): Promise<Fetched> {
  return fetchRef(cache, remote, null, signal)
}

/** The same of a reference that a host keeps beside the branches, for the commits of a pull request; null: the branch. */
export async function fetchRef(
  cache: Cache,
  remote: Remote,
  ref: string | null,
  signal?: AbortSignal,
): Promise<Fetched> {
  return withRemote(remote, 'read', signal, async (access) => {
    const from = ref ?? `refs/heads/${access.branch}`
    for (let resets = 0; ; ) {
      await ensureCache(cache)
      const incoming = incomingRef()
      const { code, stderr } = await runFetch(cache, remote, access, `+${from}:${incoming}`, signal)
      if (code === 0) {
        const tip = await keepHead(cache, remote, ref ?? remote.branch, incoming)
        return { head: tip.oid, tip }
      }
      if (/couldn't find remote ref/i.test(stderr)) return { head: null, tip: null }
      if (await breakLock(stderr)) continue
      if (!isDamage(ownWords(stderr)) || resets++ > 0) throw access.explain(stderr)
      await resetCache(cache)
    }
  })
}

async function keepHead(cache: Cache, remote: Remote, name: string, incoming: string): Promise<Tip> {
  const keep = (oid: string) =>
    writeRefs(
      cache,
      new Map([
        [headRef(remote.url, name), oid],
        [incoming, null],
      ]),
    )
  // Kept while git makes sure that it is a commit: a branch can point at a tag, or at anything.
  const said = await looseRef(cache, incoming)
  const [commit] = await Promise.all([readCommit(cache, said ?? incoming), said && keep(said)])
  if (commit === null) {
    throw new GitError(
      'not-found',
      `The branch ${remote.branch} does not point at a commit. Choose another branch.`,
    )
  }
  const { oid: head, parents } = commit
  // A commit on top of the one before, the usual case: nobody has to ask git whether it is.
  if (parents[0] !== undefined) rememberAncestor(parents[0], head)
  if (head !== said) await keep(head)
  return commit
}

async function runFetch(
  cache: Cache,
  remote: Remote,
  access: RemoteAccess,
  refspec: string,
  signal: AbortSignal | undefined,
): Promise<GitExit> {
  const { limits } = remote.policy
  const git = startGit({
    ...access,
    gitDir: cache.dir,
    args: [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-auto-maintenance',
      '--no-recurse-submodules',
      '--no-show-forced-updates',
      '--refmap=',
      '--',
      access.argument,
      refspec,
    ],
    timeoutMs: limits.fetchMs,
    signal,
  })
  const watch = setInterval(() => {
    void halfWrittenBytes(cache.dir).then((bytes) => {
      if (bytes > limits.packBytes) git.stop(packTooLarge(limits.packBytes))
    })
  }, WATCH_MS)
  try {
    for await (const _ of git.stdout);
    return await git.finished
  } finally {
    clearInterval(watch)
  }
}

/** The size of the packs that are being received: git has no limit of its own for a fetch (Z6). */
async function halfWrittenBytes(dir: string): Promise<number> {
  const folder = join(dir, 'objects', 'pack')
  const names = await readdir(folder).catch(() => [])
  const sizes = names
    .filter((name) => name.startsWith('tmp_pack_'))
    .map((name) =>
      lstat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

function packTooLarge(limit: number): GitError {
  const mebibytes = Math.round(limit / 1024 ** 2)
  return new GitError(
    'limit',
    `The fetch was stopped: the repository sends more than ${mebibytes} MiB, the limit of this server for one fetch. Use a smaller repository for the schema, or ask the administrator to raise TANDEM_GIT_MAX_PACK_MIB.`,
  )
}

/** Without what the remote said: its damage is not the cache's. */
function ownWords(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => !line.startsWith('remote: '))
    .join('\n')
}
