import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { startPlainGit } from './git-bare.ts'

export type BackendCall = {
  readonly root: string
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly path: string
  readonly query: string
  readonly service: string | null
  readonly cutAfterBytes: number | null
  /** Runs when git has done its work and before the client hears of it. */
  readonly beforeAnswer: () => Promise<void>
}

const CONFIG = [
  ['http.receivepack', 'true'],
  ['safe.directory', '*'],
] as const

/** One request through `git http-backend`, by the rules of CGI. */
export async function runHttpBackend(call: BackendCall): Promise<void> {
  const child = await startPlainGit(['http-backend'], environment(call))
  let isRunning = true
  const ended = () => {
    isRunning = false
  }
  child.exited.then(ended, ended)
  // It waits busily, and for ever, for what is missing of a body that was cut off.
  call.response.on('close', () => isRunning && child.kill())
  if (call.response.destroyed) child.kill()
  child.stderr.resume()
  await Promise.race([child.ready, child.exited])
  // The backend may end before it has read everything, when it refuses.
  pipeline(call.request, child.stdin).catch(() => {})
  const chunks: Buffer[] = []
  for await (const chunk of child.stdout) chunks.push(chunk)
  await call.beforeAnswer()
  // A client that hung up took the backend along, and hears nothing more.
  if (call.response.destroyed) return
  const output = Buffer.concat(chunks)
  const end = output.indexOf('\r\n\r\n')
  const { status, headers } = readHeaders(output.subarray(0, end).toString('utf8'))
  const body = output.subarray(end + 4)
  call.response.writeHead(status, headers)
  if (call.cutAfterBytes === null || body.length <= call.cutAfterBytes) {
    call.response.end(body)
    return
  }
  const { cutAfterBytes } = call
  call.response.write(body.subarray(0, cutAfterBytes), () => call.response.destroy())
}

function environment({ root, request, path, query }: BackendCall): Record<string, string> {
  const header = (name: string): string => String(request.headers[name] ?? '')
  return {
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: request.method ?? 'GET',
    PATH_INFO: decodeURIComponent(path),
    QUERY_STRING: query,
    CONTENT_TYPE: header('content-type'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    REMOTE_ADDR: '127.0.0.1',
    REMOTE_USER: 'somebody',
    ...(header('content-length') && { CONTENT_LENGTH: header('content-length') }),
    ...(header('git-protocol') && { GIT_PROTOCOL: header('git-protocol') }),
    GIT_CONFIG_COUNT: String(CONFIG.length),
    ...Object.fromEntries(
      CONFIG.flatMap(([key, value], i) => [
        [`GIT_CONFIG_KEY_${i}`, key],
        [`GIT_CONFIG_VALUE_${i}`, value],
      ]),
    ),
  }
}

function readHeaders(text: string): { status: number; headers: Record<string, string> } {
  const lines = text.split('\r\n').map((line) => line.split(/:\s*/, 2))
  const status = lines.find(([name]) => name?.toLowerCase() === 'status')?.[1]
  const headers = lines.filter(([name]) => name?.toLowerCase() !== 'status')
  return {
    status: status === undefined ? 200 : Number.parseInt(status, 10),
    headers: Object.fromEntries(headers.map(([name = '', value = '']) => [name, value])),
  }
}
