import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/*
 * The small process that starts git for a large one (spawn-service.ts). A request comes as a message; what git
 * reads and writes goes through three sockets that the server opens to us and git inherits, so nothing passes
 * through here. When the server is gone, killed or not, its git goes too.
 */

export type HostRequest = {
  readonly id: number
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}
export type HostAnswer =
  | { readonly kind: 'listening' }
  | { readonly kind: 'started'; readonly id: number; readonly pid: number }
  | { readonly kind: 'failed'; readonly id: number; readonly code: string; readonly message: string }
  | { readonly kind: 'ended'; readonly id: number; readonly exit: number }

type Waiting = { request?: HostRequest; readonly sockets: Map<number, Socket> }

const waiting = new Map<number, Waiting>()
const running = new Map<number, ChildProcess>()

const tell = (answer: HostAnswer): void => {
  if (process.connected) process.send?.(answer)
}

/** The first line on a socket is `<id> <0, 1 or 2>`; the server sends nothing more before git has it. */
const server = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {})
  const lines = createInterface({ input: socket })
  lines.once('line', (line) => {
    lines.close()
    socket.pause()
    const [id = Number.NaN, place = Number.NaN] = line.split(' ').map(Number)
    entry(id).sockets.set(place, socket)
    startWhenComplete(id)
  })
})

process.on('message', (request: HostRequest) => {
  entry(request.id).request = request
  startWhenComplete(request.id)
})
process.on('disconnect', () => {
  for (const { pid } of running.values()) if (pid !== undefined) killGroup(pid)
  process.exit()
})
// A signal to the whole group is the server's affair: it tells us by going.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

server.listen(process.argv[2], () => tell({ kind: 'listening' }))

function entry(id: number): Waiting {
  const found = waiting.get(id) ?? { sockets: new Map<number, Socket>() }
  waiting.set(id, found)
  return found
}

function startWhenComplete(id: number): void {
  const { request, sockets } = entry(id)
  if (request === undefined || sockets.size < 3) return
  waiting.delete(id)
  const [stdin, stdout, stderr] = [sockets.get(0), sockets.get(1), sockets.get(2)]
  const child = spawn('git', [...request.args], {
    // Not the cache: a folder that vanished would make the program itself look missing.
    cwd: '/',
    env: request.env,
    stdio: [stdin, stdout, stderr],
    // A session of its own: one signal reaches every helper that git starts, and no terminal can be asked.
    detached: true,
  })
  child.once('error', (error) => {
    const code = 'code' in error ? String(error.code) : ''
    running.delete(id)
    tell({ kind: 'failed', id, code, message: error.message })
  })
  if (child.pid !== undefined) {
    running.set(id, child)
    tell({ kind: 'started', id, pid: child.pid })
  }
  child.once('exit', (exit) => {
    running.delete(id)
    tell({ kind: 'ended', id, exit: exit ?? -1 })
  })
  // Git has its own; ours would keep the other ends from seeing that it has finished.
  for (const socket of sockets.values()) socket.destroy()
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone already, which is what was asked for.
  }
}
