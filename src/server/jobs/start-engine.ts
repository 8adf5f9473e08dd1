import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { type EngineSettings, READY, STOP } from './engine-settings.ts'

/**
 * What a sync makes lives as long as the sync: a larger space for the young is copied to no use and stays
 * occupied. With 48 MB, the default, a server peaks 100 MB higher and is not faster.
 */
const YOUNG_MB = 16
const RESTART_MS = 1_000
const STOP_MS = 10_000

/**
 * Runs the jobs in a thread of their own: a sync of ten thousand resources computes for seconds, and no request
 * waits for it. A thread that dies is started again; what it left behind is freed like that of a dead server
 * (attendance.ts). A first start that fails is thrown.
 */
export async function startEngine(
  settings: EngineSettings,
  log: Logger,
  entry = new URL('./engine-thread.ts', import.meta.url),
): Promise<{ stop(): Promise<void> }> {
  let isStopping = false
  const start = () => startThread(entry, settings)
  let thread = await start()
  const watch = async () => {
    while (!isStopping) {
      const problem = await thread.ended
      if (isStopping) return
      log.error({ err: problem }, 'the sync engine ended unexpectedly; it is started again')
      thread = await startAgain(start, log, () => isStopping)
      if (isStopping) await thread.stop()
    }
  }
  const watching = watch()
  return {
    stop: async () => {
      isStopping = true
      await thread.stop()
      await watching
    },
  }
}

type Thread = {
  /** Settles with what ended it; null: it was asked to. */
  readonly ended: Promise<unknown>
  stop(): Promise<void>
}

async function startAgain(
  start: () => Promise<Thread>,
  log: Logger,
  isStopping: () => boolean,
): Promise<Thread> {
  while (!isStopping()) {
    await sleep(RESTART_MS)
    try {
      return await start()
    } catch (error) {
      log.error({ err: error }, 'the sync engine does not start')
    }
  }
  return { ended: Promise.resolve(null), stop: async () => {} }
}

async function startThread(entry: URL, settings: EngineSettings): Promise<Thread> {
  const worker = new Worker(entry, {
    workerData: settings,
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  })
  let problem: unknown = null
  const ended = new Promise<unknown>((resolve) => worker.once('exit', () => resolve(problem)))
  await new Promise<void>((resolve, reject) => {
    worker.on('error', (error) => {
      problem = error
      reject(error)
    })
    worker.once('exit', (code) => reject(problem ?? new Error(`the thread ended with ${code}`)))
    worker.once('message', (message) => message === READY && resolve())
  })
  return {
    ended,
    stop: async () => {
      worker.postMessage(STOP)
      const late = setTimeout(() => void worker.terminate(), STOP_MS)
      await ended
      clearTimeout(late)
    },
  }
}
