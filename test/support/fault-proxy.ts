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

export type FaultProxy = {
  readonly port: number
  setFault(fault: ProxyFault): void
  stop(): Promise<void>
}

/** A TCP proxy on loopback that breaks connections on demand. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  let fault: ProxyFault = { kind: 'none' }
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // A broken connection is what this is for.
    socket.on('error', () => {})
  }
  const server = createServer((client) => {
    keep(client)
    if (fault.kind === 'reset') {
      client.resetAndDestroy()
      return
    }
    const target = connect(targetPort, '127.0.0.1')
    keep(target)
    forward(client, target, 'up', () => fault)
    forward(target, client, 'down', () => fault)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    // A listening TCP server has such an address.
    port: (server.address() as AddressInfo).port,
    setFault: (next) => {
      fault = next
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function forward(from: Socket, to: Socket, direction: 'up' | 'down', current: () => ProxyFault): void {
  let bytes = 0
  from.on('data', (chunk: Buffer) => {
    const fault = current()
    bytes += chunk.length
    if (fault.kind === 'black-hole') return
    if (fault.kind === 'cut' && fault.direction === direction && bytes > fault.afterBytes) {
      from.resetAndDestroy()
      to.resetAndDestroy()
      return
    }
    if (fault.kind === 'latency') setTimeout(() => to.writable && to.write(chunk), fault.ms)
    else to.write(chunk)
  })
  from.on('end', () => to.end())
  from.on('close', () => to.destroy())
}
