import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { timedOut, WarehouseError } from '../warehouse-error.ts'
import type { DuckdbAnswers, DuckdbQuestion, DuckdbRequest, DuckdbResponse } from './protocol.ts'
import type { VersionedTarget } from './target.ts'

/** A file is let go soon after its last use: DuckDB keeps writers out while anybody reads. */
const IDLE_MS = 10_000
/** DuckDB is interrupted at the question's own time; a process that does not obey is ended after this. */
const GRACE_MS = 3_000
/** Starting the process and opening the file, which a question's own time does not pay for. */
const OPEN_MS = 20_000
const MAX_PROCESSES = 8
/** Node runs four native calls at a time; one stays free for interrupts and small questions. */
const MAX_RUNNING = 3
const MAX_WAITING = 50

type Waiting = { readonly question: DuckdbQuestion; readonly settle: Settle }
type Settle = { readonly resolve: (answer: never) => void; readonly reject: (error: WarehouseError) => void }
type Running = { readonly settle: Settle; readonly timer: NodeJS.Timeout }
type Worker = {
  readonly version: string
  readonly child: ChildProcess
  readonly running: Map<number, Running>
  readonly waiting: Waiting[]
  nextId: number
  opening: NodeJS.Timeout | null
  idle: NodeJS.Timeout | undefined
  gone: boolean
}

/**
 * One process for each database file, folder or memory database in use, whichever sources name it: DuckDB
 * lets one process open a file, so this table is the process's, not a caller's.
 */
const workers = new Map<string, Worker>()

export function askDuckdb<K extends DuckdbQuestion['kind']>(
  target: VersionedTarget,
  question: Extract<DuckdbQuestion, { kind: K }>,
): Promise<DuckdbAnswers[K]> {
  return new Promise((resolve, reject) => {
    const worker = workers.get(target.version) ?? start(target)
    if (worker === null || worker.waiting.length >= MAX_WAITING) {
      return reject(
        new WarehouseError({ code: 'busy', message: 'Too many previews run at once: try again.' }),
      )
    }
    clearTimeout(worker.idle)
    // `resolve` takes the answer to this question: the process answers each by its kind.
    worker.waiting.push({ question, settle: { resolve: resolve as (answer: never) => void, reject } })
    pump(worker)
  })
}

/** Ends every process, for an orderly stop of the server; they also end by themselves. */
export async function closeDuckdb(): Promise<void> {
  const open = [...workers.values()]
  await Promise.all(
    open.map((worker) => {
      const ended = new Promise<void>((resolve) => worker.child.once('exit', () => resolve()))
      end(worker, new WarehouseError({ code: 'crashed', message: 'The server is stopping.' }))
      return ended
    }),
  )
}

function start({ target, version }: VersionedTarget): Worker | null {
  if (workers.size >= MAX_PROCESSES && !endOneIdle()) return null
  const spill = mkdtempSync(join(tmpdir(), 'tandem-duckdb-'))
  // Runs from source and from the built package alike: the entry has this file's own ending.
  const entry = new URL(import.meta.url.endsWith('.ts') ? './process.ts' : './process.js', import.meta.url)
  const child = fork(entry, {
    execArgv: [],
    // Nothing of the server's environment: it holds secrets that SQL has no business with.
    env: { TZ: 'UTC', PATH: process.env.PATH, LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const worker: Worker = {
    version,
    child,
    running: new Map(),
    waiting: [],
    nextId: 1,
    opening: null,
    idle: undefined,
    gone: false,
  }
  workers.set(version, worker)
  child.on('message', (message) => receive(worker, message as DuckdbResponse))
  child.on('error', () => end(worker, crashed()))
  child.on('exit', () => {
    end(worker, crashed())
    rmSync(spill, { recursive: true, force: true })
  })
  worker.opening = setTimeout(() => end(worker, timedOut(OPEN_MS)), OPEN_MS)
  send(worker, { id: 0, open: target, spill })
  return worker
}

function pump(worker: Worker): void {
  if (worker.gone || worker.opening !== null) return
  while (worker.running.size < MAX_RUNNING) {
    const next = worker.waiting.shift()
    if (next === undefined) break
    const id = worker.nextId++
    const { ms } = next.question
    const timer = setTimeout(() => end(worker, timedOut(ms)), ms + GRACE_MS)
    worker.running.set(id, { settle: next.settle, timer })
    send(worker, { id, ask: next.question })
  }
  rest(worker)
}

/** A process without work neither keeps the server running nor stays for long. */
function rest(worker: Worker): void {
  if (worker.running.size > 0) {
    worker.child.ref()
    worker.child.channel?.ref()
    return
  }
  worker.child.unref()
  worker.child.channel?.unref()
  clearTimeout(worker.idle)
  worker.idle = setTimeout(() => end(worker, crashed()), IDLE_MS).unref()
}

function receive(worker: Worker, response: DuckdbResponse): void {
  if (response.id === 0) opened(worker, response)
  const running = worker.running.get(response.id)
  if (running) {
    worker.running.delete(response.id)
    clearTimeout(running.timer)
    if ('problem' in response) running.settle.reject(new WarehouseError(response.problem))
    else running.settle.resolve(response.answer as never)
  }
  pump(worker)
}

function opened(worker: Worker, response: DuckdbResponse): void {
  clearTimeout(worker.opening ?? undefined)
  worker.opening = null
  if ('problem' in response) end(worker, new WarehouseError(response.problem))
}

function end(worker: Worker, reason: WarehouseError): void {
  if (worker.gone) return
  worker.gone = true
  clearTimeout(worker.idle)
  clearTimeout(worker.opening ?? undefined)
  if (workers.get(worker.version) === worker) workers.delete(worker.version)
  worker.child.kill('SIGKILL')
  for (const { settle, timer } of worker.running.values()) {
    clearTimeout(timer)
    settle.reject(reason)
  }
  for (const { settle } of worker.waiting) settle.reject(reason)
}

function endOneIdle(): boolean {
  for (const worker of workers.values()) {
    if (worker.running.size > 0 || worker.waiting.length > 0) continue
    end(worker, crashed())
    return true
  }
  return false
}

function send(worker: Worker, request: DuckdbRequest): void {
  worker.child.send(request, (error) => {
    if (error) end(worker, crashed())
  })
}

function crashed(): WarehouseError {
  return new WarehouseError({
    code: 'crashed',
    message: 'The query brought its database process down.',
    hint: 'Nothing else was touched. Change the query; when it is an ordinary one, the file may be damaged.',
  })
}
