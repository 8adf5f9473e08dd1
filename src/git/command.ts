import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ConfigEntry, gitEnvironment } from './environment.ts'
import { type GitChild, spawnChild } from './git-child.ts'
import { GitError } from './git-error.ts'
import { Replies } from './replies.ts'
import { scrub } from './scrub.ts'
import { type SpawnService, startSpawnService } from './spawn-service.ts'

export type GitInput = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>
/** An input that goes on from what git has printed by then. */
export type Conversation = (replies: Replies) => GitInput

/** One run of git. Nothing in `args` comes from a person unless it stands behind `--` or was rebuilt by policy.ts. */
export type GitCommand = {
  /** The bare repository; null for commands that need none. */
  readonly gitDir: string | null
  readonly args: readonly string[]
  readonly timeoutMs: number
  readonly config?: readonly ConfigEntry[]
  readonly env?: Readonly<Record<string, string>>
  readonly input?: GitInput
  readonly maxOutputBytes?: number
  readonly signal?: AbortSignal | undefined
  /** Taken out of everything that git says before anybody sees it. */
  readonly secrets?: readonly string[]
}

export type GitExit = { readonly code: number; readonly stderr: string }
export type GitResult = GitExit & { readonly stdout: Buffer }

export type GitProcess = {
  readonly stdout: AsyncIterable<Buffer>
  /** Settles when the whole process is gone; rejects with the fault that ended it early. */
  readonly finished: Promise<GitExit>
  /** Kills the process group. `finished` then rejects with `fault`. */
  stop(fault: GitError): void
}

const STDERR_BYTES = 64 * 1024
const OUTPUT_BYTES = 64 * 1024 ** 2

/** One for the whole process, shared by all that have asked for it and not stopped yet. */
let service: SpawnService | null = null
let starting: Promise<void> | null = null
let users = 0

/**
 * From now on git is started by a small process instead of this one, where that can be had. The last of its
 * users to stop ends it; a git that runs then is not disturbed.
 */
export async function startGitBySmallProcess(): Promise<{ stop(): void }> {
  users += 1
  starting ??= startSpawnService().then((started) => {
    service = started
  })
  await starting
  let isStopped = false
  return {
    stop: () => {
      if (isStopped) return
      isStopped = true
      users -= 1
      if (users > 0) return
      service?.stop()
      service = null
      starting = null
    },
  }
}

/** Runs git to its end and gives everything that it printed. Any exit code is an answer, not a fault. */
export async function runGit({
  input,
  ...command
}: Omit<GitCommand, 'input'> & { readonly input?: GitInput | Conversation }): Promise<GitResult> {
  const replies = new Replies()
  const given = typeof input === 'function' ? input(replies) : input
  const git = startGit({ ...command, ...(given && { input: given }) })
  const limit = command.maxOutputBytes ?? OUTPUT_BYTES
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of git.stdout) {
    bytes += chunk.length
    if (typeof input === 'function') replies.push(chunk)
    if (bytes > limit) git.stop(tooMuchOutput(command, limit))
    else chunks.push(chunk)
  }
  replies.end()
  const exit = await git.finished
  return { ...exit, stdout: Buffer.concat(chunks) }
}

/** Starts git with its output as a stream. The caller reads it to the end or stops it. */
export function startGit(command: GitCommand): GitProcess {
  const start = service?.isAlive() ? service.start : spawnChild
  const env = gitEnvironment(command.gitDir ?? '/dev/null', command.config ?? [], command.env ?? {})
  const child = start(command.args, env)
  let fault: GitError | null = null
  const stop = (reason: GitError): void => {
    fault ??= reason
    child.kill()
  }
  const timer = setTimeout(() => stop(timedOut(command)), command.timeoutMs)
  const abort = (): void => stop(new GitError('aborted', 'The Git operation was cancelled.'))
  if (command.signal?.aborted) abort()
  command.signal?.addEventListener('abort', abort, { once: true })

  const stderr = readTail(child.stderr, STDERR_BYTES)
  void feed(child, command.input)
  const finished = new Promise<GitExit>((resolve, reject) => {
    // Unread output would keep `closed` away for ever, and after a stop nobody reads on.
    child.exited.then(
      () => fault !== null && reject(fault),
      (error) => reject(fault ?? cannotStart(error)),
    )
    child.closed.then(
      (code) => {
        if (fault !== null) reject(fault)
        else resolve({ code, stderr: scrub(stderr(), command.secrets ?? []) })
      },
      (error) => reject(fault ?? cannotStart(error)),
    )
  }).finally(() => {
    clearTimeout(timer)
    command.signal?.removeEventListener('abort', abort)
  })
  // Whoever awaits `finished` gets the rejection; a caller still busy with the output must not crash the server.
  finished.catch(() => {})
  return { stdout: child.stdout, finished, stop }
}

async function feed(child: GitChild, input: GitInput | undefined): Promise<void> {
  child.stdin.on('error', () => {})
  await child.ready
  if (input === undefined) child.stdin.end()
  // A git that ends early breaks the pipe: its exit code and words tell the story, not the pipe.
  else await pipeline(Readable.from(input, { objectMode: true }), child.stdin).catch(() => {})
}

function readTail(stream: Readable, limit: number): () => string {
  const chunks: Buffer[] = []
  let bytes = 0
  stream.on('data', (chunk: Buffer) => {
    if (bytes < limit) chunks.push(chunk)
    bytes += chunk.length
  })
  return () => Buffer.concat(chunks).subarray(0, limit).toString('utf8')
}

function cannotStart(error: Error): GitError {
  if ('code' in error && error.code === 'ENOENT') {
    return new GitError(
      'git-missing',
      'The program git is not installed or not on the search path. Install git 2.31 or newer (Debian: apt install git) and start again.',
    )
  }
  return new GitError('failed', `git could not be started: ${error.message}.`, '', { cause: error })
}

function timedOut(command: GitCommand): GitError {
  const seconds = Math.round(command.timeoutMs / 100) / 10
  return new GitError(
    'timeout',
    `git ${command.args[0] ?? ''} was stopped after ${seconds} s, its time limit.`,
  )
}

function tooMuchOutput(command: GitCommand, limit: number): GitError {
  return new GitError(
    'limit',
    `git ${command.args[0] ?? ''} gave more than ${limit} bytes, its output limit.`,
  )
}
