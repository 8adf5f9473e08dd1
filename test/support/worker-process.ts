import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import type { JobContext } from '../../src/server/jobs/context.ts'
import { programEnvironment } from './program-environment.ts'

export type WorkerProcess = {
  /** Dies by SIGKILL, by its failpoint or by `kill`. */
  readonly died: Promise<void>
  kill(): Promise<void>
}

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules')

let program: Promise<string> | null = null

/** All that a worker loads in one file: there are a hundred of them, and most of what one costs is to load. */
async function bundle(): Promise<string> {
  const outDir = join(MODULES, '.cache', `engine-worker-${process.pid}`)
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }))
  await build({
    configFile: false,
    logLevel: 'error',
    // These read files that lie beside them.
    ssr: { noExternal: true, external: ['graphile-worker', 'pg', 'pino'] },
    build: { ssr: join(import.meta.dirname, 'engine-worker.ts'), outDir, target: 'node24', minify: false },
  })
  return join(outDir, 'engine-worker.js')
}

/** Starts a real process that does the jobs; `failpoint` is where it kills itself. */
export async function spawnWorker(context: JobContext, failpoint?: string): Promise<WorkerProcess> {
  program ??= bundle()
  const policy = JSON.stringify(context.gitPolicy)
  const child = spawn(process.execPath, [await program, context.databaseUrl, context.gitCacheDir, policy], {
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
