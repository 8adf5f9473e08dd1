import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JobContext } from '../../src/server/jobs/context.ts'

export type WorkerProcess = {
  /** Dies by SIGKILL, by its failpoint or by `kill`. */
  readonly died: Promise<void>
  kill(): Promise<void>
}

/** Starts a real process that does the jobs; `failpoint` is where it kills itself. */
export async function spawnWorker(context: JobContext, failpoint?: string): Promise<WorkerProcess> {
  const script = join(import.meta.dirname, 'engine-worker.ts')
  const child = spawn(process.execPath, [script, context.databaseUrl, context.gitCacheDir], {
    env: {
      PATH: process.env.PATH,
      // Compiled once for all that are started.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(tmpdir(), 'tandem-compile-cache'),
      ...(failpoint && { TANDEM_FAILPOINT: failpoint }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const died = once(child, 'exit').then(() => {})
  await Promise.race([firstLine(child), died])
  return {
    died,
    kill: async () => {
      child.kill('SIGKILL')
      await died
    },
  }
}

async function firstLine(child: ChildProcess): Promise<void> {
  if (child.stdout) await once(child.stdout, 'data')
}
