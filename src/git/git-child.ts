import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

/** A git that runs, whoever started it. */
export type GitChild = {
  /** To be written to once `ready` has settled. */
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  readonly ready: Promise<void>
  /** Settles when the process is gone, with its exit code; rejects when it could not be started. */
  readonly exited: Promise<number>
  /** Settles when it is gone and everything that it said was read. */
  readonly closed: Promise<number>
  /** Kills the process and everything that it started, now or as soon as it is there. */
  kill(): void
}

export type StartChild = (args: readonly string[], env: Readonly<Record<string, string>>) => GitChild

/** Groups to take along when this process ends in an orderly way. After `kill -9` they end on their broken pipes. */
const running = new Set<number>()
process.on('exit', () => {
  for (const pid of running) killGroup(pid)
})

/** As a child of this process. */
export const spawnChild: StartChild = (args, env) => {
  const child = spawn('git', [...args], {
    // Not the cache: a folder that vanished would make the program itself look missing.
    cwd: '/',
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A session of its own: one signal reaches every helper that git starts, and no terminal can be asked.
    detached: true,
  })
  const { pid } = child
  if (pid !== undefined) remember(pid)
  const ended = (event: 'exit' | 'close') =>
    new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once(event, (code) => {
        if (pid !== undefined) forget(pid)
        resolve(code ?? -1)
      })
    })
  const [exited, closed] = [ended('exit'), ended('close')]
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ready: Promise.resolve(),
    exited,
    closed,
    kill: () => {
      if (pid !== undefined) killGroup(pid)
    },
  }
}

export function remember(pid: number): void {
  running.add(pid)
}

export function forget(pid: number): void {
  running.delete(pid)
}

export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone already, which is what was asked for.
  }
}
