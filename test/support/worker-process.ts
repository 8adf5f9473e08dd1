import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { JobContext } from '../../src/server/jobs/context.ts'
import { programEnvironment } from './program-environment.ts'

export type WorkerProcess = {
  /** Dies by SIGKILL, by its failpoint or by `kill`. */
  readonly died: Promise<void>
  kill(): Promise<void>
}

/** Starts a real process that does the jobs; `failpoint` is where it kills itself. */
export async function spawnWorker(context: JobContext, failpoint?: string): Promise<WorkerProcess> {
  const script = join(import.meta.dirname, 'engine-worker.ts')
  const policy = JSON.stringify(context.gitPolicy)
  const child = spawn(process.execPath, [script, context.databaseUrl, context.gitCacheDir, policy], {
    env: programEnvironment(failpoint ? { TANDEM_FAILPOINT: failpoint } : {}),
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
