import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBare, headOf, plainGit } from './git-bare.ts'
import { runHttpBackend } from './git-http-backend.ts'
import { testCertificate } from './test-certificate.ts'

/** What the server does wrong. `service` narrows it to fetching or pushing, `method` to asking or doing. */
export type HttpFault = {
  readonly service?: 'git-upload-pack' | 'git-receive-pack'
  readonly method?: 'GET' | 'POST'
} & (
  | { readonly kind: 'latency'; readonly ms: number }
  /** The connection breaks after so many bytes of the answer. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'status'; readonly status: number; readonly location?: string }
  /** The request is taken and never answered. */
  | { readonly kind: 'hang' }
  /** A push is answered with success, and the branch stays where it was. */
  | { readonly kind: 'swallow' }
)

export type GitHttpServerOptions = {
  readonly tls?: boolean
  /** Basic authentication with this password and any user name; none when null. */
  readonly token?: string | null
}

export type GitRequest = {
  readonly method: string
  readonly path: string
  readonly authorization: string | null
}

export type GitHttpServer = {
  readonly root: string
  readonly port: number
  readonly caFile: string | null
  readonly token: string | null
  readonly requests: readonly GitRequest[]
  /** Makes an empty repository; `url` is what to connect to, `dir` the bare repository itself. */
  createRepository(name: string): Promise<{ readonly url: string; readonly dir: string }>
  setFault(fault: HttpFault | null): void
  stop(): Promise<void>
}

/** A Git server like those of the hosts: smart HTTP with TLS and Basic authentication, real git behind it. */
export async function startGitHttpServer(options: GitHttpServerOptions = {}): Promise<GitHttpServer> {
  const { tls = true, token = 'a-secret-token-of-the-test' } = options
  const root = await mkdtemp(join(tmpdir(), 'tandem-git-http-'))
  const requests: GitRequest[] = []
  let fault: HttpFault | null = null

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const authorization = request.headers.authorization ?? null
    requests.push({ method: request.method ?? '', path: request.url ?? '', authorization })
    const active = fault !== null && concerns(request, fault) ? fault : null
    if (active?.kind === 'hang') return
    if (active?.kind === 'status') refuse(response, active.status, active.location)
    else if (token !== null && !isAuthorized(authorization, token)) refuse(response, 401)
    else serve(root, request, response, active).catch(() => response.destroy())
  }
  const certificate = tls ? await testCertificate() : null
  const caFile = certificate === null ? null : join(root, 'ca.pem')
  if (certificate !== null && caFile !== null) await writeFile(caFile, certificate.ca)
  const { key, cert } = certificate ?? {}
  const server = certificate === null ? createHttpServer(answer) : createHttpsServer({ key, cert }, answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has such an address.
  const { port } = server.address() as AddressInfo

  return {
    root,
    port,
    caFile,
    token,
    requests,
    createRepository: async (name) => {
      const dir = join(root, `${name}.git`)
      await createBare(dir)
      return { url: `${tls ? 'https' : 'http'}://localhost:${port}/${name}.git`, dir }
    },
    setFault: (next) => {
      fault = next
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(root, { recursive: true, force: true })
    },
  }
}

async function serve(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
  fault: HttpFault | null,
): Promise<void> {
  if (fault?.kind === 'latency') await new Promise((resolve) => setTimeout(resolve, fault.ms))
  const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://localhost')
  const repository = join(root, /^\/([\w.-]+\.git)\//.exec(pathname)?.[1] ?? '')
  const before = fault?.kind === 'swallow' && request.method === 'POST' ? await headOf(repository) : undefined
  await runHttpBackend({
    root,
    request,
    response,
    path: pathname,
    query: search.slice(1),
    service: searchParams.get('service'),
    cutAfterBytes: fault?.kind === 'cut' ? fault.afterBytes : null,
    beforeAnswer: async () => {
      if (before === undefined) return
      const restore = before === null ? ['-d', 'refs/heads/main'] : ['refs/heads/main', before]
      await plainGit(repository, ['update-ref', ...restore])
    },
  })
}

function concerns(request: IncomingMessage, { service, method }: HttpFault): boolean {
  const wanted = method === undefined || request.method === method
  return wanted && (service === undefined || (request.url ?? '').includes(service))
}

function isAuthorized(header: string | null, token: string): boolean {
  const basic = /^Basic (.+)$/.exec(header ?? '')?.[1] ?? ''
  return Buffer.from(basic, 'base64').toString('utf8').split(':').slice(1).join(':') === token
}

function refuse(response: ServerResponse, status: number, location?: string): void {
  if (status === 401) response.setHeader('WWW-Authenticate', 'Basic realm="git"')
  if (location !== undefined) response.setHeader('Location', location)
  response.writeHead(status, { 'Content-Type': 'text/plain' }).end(`status ${status}\n`)
}
