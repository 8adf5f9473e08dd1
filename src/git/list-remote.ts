import { runGit } from './command.ts'
import { GitError } from './git-error.ts'
import { type Remote, withRemote } from './remote.ts'

export type RemoteRefs = {
  readonly branches: ReadonlyMap<string, string>
  /** What the remote's HEAD points at; null in an empty repository. */
  readonly defaultBranch: string | null
}

/** A line of `ls-remote` is at most an object id, a tab and a name of 255 bytes. */
const REF_BYTES = 64 + 1 + 300

/** All branches of a remote. Needs no cache: it is also how a connection is tested. */
export async function listRemote(remote: Remote, signal?: AbortSignal): Promise<RemoteRefs> {
  const lines = await lsRemote(remote, ['--symref'], ['HEAD', 'refs/heads/*'], signal)
  const branches = new Map<string, string>()
  let defaultBranch: string | null = null
  for (const line of lines) {
    const [value = '', ref = ''] = line.split('\t')
    if (value.startsWith('ref: refs/heads/') && ref === 'HEAD')
      defaultBranch = value.slice('ref: refs/heads/'.length)
    else if (ref.startsWith('refs/heads/')) branches.set(ref.slice('refs/heads/'.length), value)
  }
  if (branches.size > remote.policy.limits.refs) throw tooManyRefs(remote)
  return { branches, defaultBranch }
}

/** The commit that the remote's branch points at now; null when there is no such branch. */
export async function remoteHead(remote: Remote, signal?: AbortSignal): Promise<string | null> {
  const ref = `refs/heads/${remote.branch}`
  const lines = await lsRemote(remote, [], [ref], signal)
  // ls-remote matches by the end of the name: `refs/heads/x/refs/heads/main` is also in its answer.
  const line = lines.map((text) => text.split('\t')).find(([, name]) => name === ref)
  return line?.[0] ?? null
}

async function lsRemote(
  remote: Remote,
  options: readonly string[],
  patterns: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const { limits } = remote.policy
  return withRemote(remote, 'read', signal, async (access) => {
    const { code, stdout, stderr } = await runGit({
      ...access,
      gitDir: null,
      args: ['ls-remote', '--quiet', ...options, '--', access.argument, ...patterns],
      timeoutMs: limits.listMs,
      maxOutputBytes: limits.refs * REF_BYTES,
      signal,
    })
    if (code !== 0) throw access.explain(stderr)
    return stdout
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
  })
}

function tooManyRefs({ policy }: Remote): GitError {
  return new GitError(
    'limit',
    `The repository has more than ${policy.limits.refs} branches, the limit of this server (TANDEM_GIT_MAX_REFS).`,
  )
}
