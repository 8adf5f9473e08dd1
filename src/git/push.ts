import { type Cache, ensureCache } from './cache.ts'
import { runGit } from './command.ts'
import { fetchBranch } from './fetch.ts'
import { GitError } from './git-error.ts'
import { hasCommit, isAncestor } from './history.ts'
import { remoteHead } from './list-remote.ts'
import { lostCache } from './local.ts'
import { type PushOutcome, readPushReport } from './push-report.ts'
import { type Remote, type RemoteAccess, withRemote } from './remote.ts'

/** Whether a commit is in the remote's branch, read back from the remote. */
export type Verified =
  | { readonly kind: 'there'; readonly head: string }
  | { readonly kind: 'absent'; readonly head: string | null }

/** Moves the remote's branch from `expected` (null: it is not there) to `oid`, or says why not. Never forces. */
export async function pushCommit(
  cache: Cache,
  remote: Remote,
  oid: string,
  expected: string | null,
  signal?: AbortSignal,
): Promise<PushOutcome> {
  await ensureCache(cache)
  if (expected !== null && !(await isAncestor(cache, expected, oid))) {
    if (!(await hasCommit(cache, expected))) throw lostCache(`${expected} is missing`)
    throw new GitError(
      'invalid',
      `The commit ${oid} does not build on ${expected}: pushing it would drop commits.`,
    )
  }
  return withRemote(remote, 'write', signal, async (access) => {
    const { stdout, stderr } = await runPush(cache, remote, access, signal, [
      // With the check above this is stricter than a plain push, which also moves a branch that was
      // meanwhile set back: compare and swap, and fast-forward only.
      `--force-with-lease=refs/heads/${access.branch}:${expected ?? ''}`,
      '--',
      access.argument,
      `${oid}:refs/heads/${access.branch}`,
    ])
    const outcome = readPushReport(stdout.toString('utf8'), stderr)
    if (outcome !== null) return outcome
    if (/src refspec|bad object|not a git repository: /.test(stderr)) throw lostCache(stderr)
    throw access.explain(stderr)
  })
}

/** S10: a push counts only when the branch, read back, is at the commit or has it in its history. */
export async function verifyCommit(
  cache: Cache,
  remote: Remote,
  oid: string,
  signal?: AbortSignal,
): Promise<Verified> {
  const head = await remoteHead(remote, signal)
  if (head === null) return { kind: 'absent', head }
  if (head === oid) return { kind: 'there', head }
  const fetched = await fetchBranch(cache, remote, signal)
  const there = fetched.head !== null && (await isAncestor(cache, oid, fetched.head))
  return there ? { kind: 'there', head: fetched.head } : { kind: 'absent', head: fetched.head }
}

/** A branch name that nobody has: the trial asks to delete it, and gets no further than the door. */
const TRIAL_BRANCH = 'refs/heads/tandem/trial-4c1f9a52'

/** Whether the remote would let us write, without writing: throws the fault when it would not (S27). */
export async function tryPush(cache: Cache, remote: Remote, signal?: AbortSignal): Promise<void> {
  await ensureCache(cache)
  await withRemote(remote, 'write', signal, async (access) => {
    const { code, stderr } = await runPush(cache, remote, access, signal, [
      '--dry-run',
      '--',
      access.argument,
      `:${TRIAL_BRANCH}`,
    ])
    if (code !== 0 && !/remote ref does not exist/.test(stderr)) throw access.explain(stderr)
  })
}

async function runPush(
  cache: Cache,
  remote: Remote,
  access: RemoteAccess,
  signal: AbortSignal | undefined,
  args: readonly string[],
): ReturnType<typeof runGit> {
  return runGit({
    ...access,
    gitDir: cache.dir,
    args: [
      'push',
      '--porcelain',
      '--no-verify',
      '--no-signed',
      '--no-follow-tags',
      '--recurse-submodules=no',
      ...args,
    ],
    timeoutMs: remote.policy.limits.pushMs,
    signal,
  })
}
