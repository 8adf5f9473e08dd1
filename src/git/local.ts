import { setTimeout as pause } from 'node:timers/promises'
import { type Cache, ensureCache, resetCache } from './cache.ts'
import { type Conversation, type GitInput, type GitResult, runGit } from './command.ts'
import { explainLocalFailure } from './explain-failure.ts'
import { GitError } from './git-error.ts'
import { removeIfOlder } from './leftovers.ts'

export type LocalCommand = {
  readonly args: readonly string[]
  /** A function, so that the command can be run a second time. */
  readonly input?: () => GitInput | Conversation
  /** Exit codes that are answers. */
  readonly codes?: readonly number[]
  readonly config?: readonly (readonly [string, string])[]
  readonly signal?: AbortSignal | undefined
}

const OUTPUT_BYTES = 512 * 1024 ** 2
/** No command of ours holds a lock so long: an older one belongs to a process that was killed. */
const LOCK_MS = 3_000
const LOCK_TRIES = 40
const LOCK_PAUSE_MS = 100

const LOCKED = /Unable to create '(.+\.lock)': File exists/
/**
 * Git's words for a cache that is gone or broken. Exact ones: a remote that cannot be read, or ssh's words
 * about a connection, must not cost the cache.
 */
const DAMAGE = new RegExp(
  [
    'not a git repository: ',
    'bad (object|revision|signature|tree object|config line)',
    'ambiguous argument',
    'unknown revision',
    'not a valid (object|commit)',
    'not a (tree|commit) object',
    'object file .* is empty',
    '(loose|packed) object .* corrupt',
    'corrupt (loose )?object',
    '(missing|invalid|broken) (blob|tree|commit|object)',
    'missing necessary objects',
    'object not found: ',
    'unable to (read|unpack|parse) (tree|sha1|object|commit|header|[0-9a-f]{40})',
    '(could not|failed to) (parse|read|get) (object|commit|tree|[0-9a-f]{40})',
    'did not send all necessary objects',
    'inflate: ',
    'unresolved delta',
    'garbage at end of loose object',
    '(packfile|pack|index file|file) .*\\.(pack|idx) ',
  ].join('|'),
  'i',
)

/** Runs a command on the cache. Stale locks are broken; a damaged cache is cleared and reported as `cache`. */
export async function runLocal(cache: Cache, command: LocalCommand): Promise<GitResult> {
  await ensureCache(cache)
  for (let attempt = 1; ; attempt++) {
    const result = await runGit({
      gitDir: cache.dir,
      args: command.args,
      timeoutMs: cache.limits.localMs,
      maxOutputBytes: OUTPUT_BYTES,
      signal: command.signal,
      ...(command.config && { config: command.config }),
      ...(command.input && { input: command.input() }),
    })
    if ((command.codes ?? [0]).includes(result.code)) return result
    if (attempt < LOCK_TRIES && (await breakLock(result.stderr))) continue
    throw await explainCacheFailure(cache, result.stderr)
  }
}

/** True when the failure was a lock and trying again makes sense: it was stale, or its owner is about to let go. */
export async function breakLock(stderr: string): Promise<boolean> {
  const lock = LOCKED.exec(stderr)?.[1]
  if (lock === undefined) return false
  if (!(await removeIfOlder(lock, Date.now() - LOCK_MS))) await pause(LOCK_PAUSE_MS)
  return true
}

export function isDamage(stderr: string): boolean {
  return DAMAGE.test(stderr)
}

export async function explainCacheFailure(cache: Cache, stderr: string): Promise<GitError> {
  if (!isDamage(stderr)) return explainLocalFailure(stderr)
  await resetCache(cache)
  return lostCache(stderr)
}

export function lostCache(detail: string): GitError {
  return new GitError(
    'cache',
    'The local Git cache was lost or damaged. It has been cleared and is fetched anew; nothing is lost.',
    detail.trim(),
  )
}
