import { type ChildProcess, fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { forget, type GitChild, killGroup, remember, type StartChild } from './git-child.ts'
import { operationFolder } from './process-folder.ts'
import type { HostAnswer, HostRequest } from './spawn-host.ts'

/*
 * Starting a process means copying the page tables of the one that starts it. A server that has synced ten
 * thousand resources has half a gigabyte of them: each git would stop it for ten to thirty milliseconds, with
 * every request that it is about to answer. So a small process starts git for it.
 */

export type SpawnService = {
  readonly start: StartChild
  /** False: it is gone, and git is started in another way. */
  readonly isAlive: () => boolean
  /** Starts nothing more, and goes when the last git that it started has ended. */
  stop(): void
}

type Call = {
  readonly started: (pid: number) => void
  readonly ended: (exit: number) => void
  readonly failed: (error: Error) => void
}

const READY_WITHIN_MS = 10_000

/** Null: it does not start here. */
export async function startSpawnService(): Promise<SpawnService | null> {
  const folder = operationFolder()
  const path = join(folder, 'spawn')
  const host = fork(join(import.meta.dirname, 'spawn-host.ts'), [path], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    env: { PATH: process.env.PATH ?? '', ...compileCache() },
    serialization: 'advanced',
  })
  const calls = new Map<number, Call>()
  const gone = (): void => {
    const lost = new Error('the process that starts git has ended')
    for (const call of calls.values()) call.failed(lost)
    calls.clear()
    rmSync(folder, { recursive: true, force: true })
  }
  host.once('exit', gone)
  host.on('error', () => {})
  if (!(await isListening(host))) {
    host.kill('SIGKILL')
    return null
  }
  let isStopping = false
  const goWhenIdle = (): void => {
    if (isStopping && calls.size === 0 && host.connected) host.disconnect()
  }
  host.on('message', (answer: HostAnswer) => {
    settle(calls, answer)
    goWhenIdle()
  })
  // It goes when this process does; it must not keep it from going.
  host.unref()
  host.channel?.unref()
  let last = 0
  return {
    isAlive: () => host.connected && !isStopping,
    stop: () => {
      isStopping = true
      goWhenIdle()
    },
    start: (args, env) => {
      last += 1
      return request({ host, path, calls }, { id: last, args, env })
    },
  }
}

function isListening(host: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), READY_WITHIN_MS)
    host.once('message', ({ kind }: HostAnswer) => {
      clearTimeout(timer)
      resolve(kind === 'listening')
    })
    host.once('exit', () => {
      clearTimeout(timer)
      resolve(false)
    })
  })
}

function settle(calls: Map<number, Call>, answer: HostAnswer): void {
  if (answer.kind === 'listening') return
  const call = calls.get(answer.id)
  if (answer.kind === 'started') call?.started(answer.pid)
  else {
    calls.delete(answer.id)
    if (answer.kind === 'ended') call?.ended(answer.exit)
    else call?.failed(Object.assign(new Error(answer.message), { code: answer.code }))
  }
}

type Service = { readonly host: ChildProcess; readonly path: string; readonly calls: Map<number, Call> }

function request({ host, path, calls }: Service, message: HostRequest): GitChild {
  const { id } = message
  const [stdin, stdout, stderr] = [0, 1, 2].map((place) => open(path, id, place)) as [Socket, Socket, Socket]
  let pid: number | null = null
  let isKilled = false
  // What came earlier would be read by the one that hands the socket over.
  let isReady = (): void => {}
  const ready = new Promise<void>((resolve) => {
    isReady = resolve
  })
  const exited = new Promise<number>((resolve, reject) => {
    const finish = (): void => {
      if (pid !== null) forget(pid)
    }
    calls.set(id, {
      started: (started) => {
        pid = started
        remember(started)
        if (isKilled) killGroup(started)
        isReady()
      },
      ended: (exit) => {
        finish()
        resolve(exit)
      },
      failed: (error) => {
        // Nobody will tell how it ends: it goes, and its streams end by that.
        if (pid !== null) killGroup(pid)
        finish()
        stdin.destroy()
        reject(error)
      },
    })
  })
  const read = Promise.all(
    [stdout, stderr].map((socket) => new Promise((done) => socket.once('close', done))),
  )
  host.send(message)
  return {
    stdin,
    stdout,
    stderr,
    ready,
    exited,
    closed: Promise.all([exited, read]).then(([exit]) => exit),
    kill: () => {
      isKilled = true
      if (pid !== null) killGroup(pid)
    },
  }
}

function open(path: string, id: number, place: number): Socket {
  const socket = connect({ path, allowHalfOpen: place === 0 })
  socket.on('error', () => {})
  socket.write(`${id} ${place}\n`)
  return socket
}

/** Where our own code lies compiled, when it does: the small process starts in half the time. */
function compileCache(): { NODE_COMPILE_CACHE?: string } {
  const { NODE_COMPILE_CACHE } = process.env
  return NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }
}
