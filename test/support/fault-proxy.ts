import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What happens to the connections that run through the proxy. */
export type ProxyFault =
  | { readonly kind: 'none' }
  | { readonly kind: 'latency'; readonly ms: number }
  /** The connection is reset after so many bytes from the client (`up`) or the server (`down`). */
  | { readonly kind: 'cut'; readonly direction: 'up' | 'down'; readonly afterBytes: number }
  /** Bytes go in and never come out. */
  | { readonly kind: 'black-hole' }
  | { readonly kind: 'reset' }
  /** Bytes come through a straw: so many a second in each direction. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** Once, at one byte of all that has gone in that direction since the fault was set, on whatever connection. */
  | ({ readonly kind: 'at'; readonly direction: 'up' | 'down'; readonly byte: number } & AtByte)

/** The connection is reset, says nothing any more, carries on with a bit turned over, or somebody does something. */
export type AtByte =
  | { readonly what: 'cut' | 'stall' | 'corrupt' }
  | { readonly what: 'run'; readonly run: () => Promise<void> }

export type FaultProxy = {
  readonly port: number
  /** What has gone through since the fault was set. */
  readonly passed: Readonly<Record<'up' | 'down', number>>
  /** Whether the byte of an `at` was reached. */
  readonly struck: boolean
  setFault(fault: ProxyFault): void
  stop(): Promise<void>
}

/** A TCP proxy on loopback that breaks connections on demand. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const line: Line = { fault: { kind: 'none' }, passed: { up: 0, down: 0 }, struck: false }
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A broken connection is what this is for.
    socket.on('error', () => {})
  }
  const server = createServer((client) => {
    keep(client)
    if (line.fault.kind === 'reset') {
      client.resetAndDestroy()
      return
    }
    const target = connect(targetPort, '127.0.0.1')
    keep(target)
    forward(client, target, 'up', line)
    forward(target, client, 'down', line)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // A listening TCP server has such an address.
    port: (server.address() as AddressInfo).port,
    get passed() {
      return line.passed
    },
    get struck() {
      return line.struck
    },
    setFault: (next) => {
      line.fault = next
      line.passed = { up: 0, down: 0 }
      line.struck = false
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Line = { fault: ProxyFault; passed: Record<'up' | 'down', number>; struck: boolean }

function forward(from: Socket, to: Socket, direction: 'up' | 'down', line: Line): void {
  let bytes = 0
  let isSilent = false
  let turn: Promise<void> = Promise.resolve()
  const reset = () => {
    from.resetAndDestroy()
    to.resetAndDestroy()
  }
  from.on('data', (chunk: Buffer) => {
    const { fault } = line
    bytes += chunk.length
    const start = line.passed[direction]
    line.passed[direction] += chunk.length
    if (fault.kind === 'black-hole' || isSilent) return
    if (fault.kind === 'cut' && fault.direction === direction && bytes > fault.afterBytes) return reset()
    if (fault.kind === 'at' && fault.direction === direction && !line.struck) {
      const at = fault.byte - start
      if (at < chunk.length) {
        line.struck = true
        if (fault.what === 'cut') {
          to.write(chunk.subarray(0, at), reset)
          return
        }
        if (fault.what === 'stall') {
          isSilent = true
          to.write(chunk.subarray(0, at))
          return
        }
        if (fault.what === 'corrupt') chunk[at] = (chunk[at] ?? 0) ^ 1
        if (fault.what === 'run') turn = turn.then(fault.run)
      }
    }
    if (fault.kind === 'latency') setTimeout(() => to.writable && to.write(chunk), fault.ms)
    else if (fault.kind === 'slow') turn = turn.then(() => trickle(to, chunk, fault.bytesPerSecond))
    else if (fault.kind === 'at' && fault.what === 'run') turn = turn.then(() => written(to, chunk))
    else to.write(chunk)
  })
  from.on('end', () => void turn.then(() => to.end()))
  from.on('close', () => void turn.then(() => to.destroySoon()))
}

const DROP_MS = 20

async function trickle(to: Socket, chunk: Buffer, bytesPerSecond: number): Promise<void> {
  const size = Math.max(1, Math.round((bytesPerSecond * DROP_MS) / 1000))
  for (let at = 0; at < chunk.length && to.writable; at += size) {
    to.write(chunk.subarray(at, at + size))
    await new Promise((resolve) => setTimeout(resolve, DROP_MS))
  }
}

async function written(to: Socket, chunk: Buffer): Promise<void> {
  if (to.writable) to.write(chunk)
}
