import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Host } from '../../../src/git/hosts/host.ts'
import { DEFAULT_GIT_POLICY, type GitPolicy } from '../../../src/git/policy.ts'
import { createBare, plainGit } from '../git-bare.ts'
import { runHttpBackend } from '../git-http-backend.ts'
import { testCertificate } from '../test-certificate.ts'
import type { Described, readDescription } from './description.ts'
import { type MergeMethod, type Pull, Pulls, type Repo } from './pulls.ts'

export type Right = 'files' | 'pull-requests' | 'checks' | 'webhooks'
export const ALL_RIGHTS: readonly Right[] = ['files', 'pull-requests', 'checks', 'webhooks']

export type Check = {
  readonly id: number
  readonly oid: string
  readonly name: string
  state: string
  title: string
  annotations: readonly unknown[]
}
export type Comment = { readonly id: number; readonly number: number; body: string }
export type Hook = { readonly id: number; url: string; secret: string; events: readonly string[] }

/** Everything that the service remembers. */
export type State = {
  readonly repo: Repo
  readonly pulls: Pulls
  readonly checks: Check[]
  readonly comments: Comment[]
  readonly hooks: Hook[]
  readonly protectedBranches: Set<string>
  nextId(): number
}

export type Call = {
  readonly described: Described
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  readonly authorization: string
  readonly state: State
  /** Null: nobody knows this token. */
  readonly rights: ReadonlySet<Right> | null
  /** Of the API, for links to next pages. */
  readonly url: string
}
export type Reply = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** A pull request that hooks are told of. */
  readonly event?: Pull
}

/** What differs between the services. */
export type Service = {
  readonly type: Host['type']
  readonly description: ReturnType<typeof readDescription>
  readonly apiPath: string
  /** Where its repository is cloned from; left out: `/team/schema.git`. */
  readonly gitPath?: string
  /** Where the commits of a pull request are. */
  readonly pullRef: (number: number) => string
  /** What is said when a branch refuses a push: the service's own words. */
  readonly refusal: (ref: string) => string
  tokenOf(authorization: string): string
  answer(call: Call): Promise<Reply> | Reply
  /** The headers of a delivery with this body. */
  signed(hook: Hook, event: 'push' | 'pull_request', body: string): Record<string, string>
}

export type HostProgram = {
  readonly service: Service
  readonly policy: GitPolicy
  readonly apiUrl: string
  readonly url: string
  readonly state: State
  /** Rights by token; more can be added at any time. */
  readonly tokens: Map<string, ReadonlySet<Right>>
  /** Paths of repositories that git asked for. */
  readonly asked: ReadonlySet<string>
  /** Requests and answers that the description does not know. */
  readonly problems: readonly string[]
  /** Environment for git, as whoever has this token. */
  gitAccess(token: string): Record<string, string>
  protect(branch: string): Promise<void>
  fork(name: string): Promise<Repo>
  merge(pull: Pull, method: MergeMethod): Promise<void>
  stop(): Promise<void>
}

export const REPOSITORY = 'team/schema'

export async function startHostProgram(service: Service): Promise<HostProgram> {
  const root = await mkdtemp(join(tmpdir(), `tandem-${service.type}-`))
  const repo: Repo = { id: 1, name: REPOSITORY, dir: join(root, `${REPOSITORY}.git`) }
  await createBare(repo.dir)
  const { gitPath = `/${REPOSITORY}.git` } = service
  let lastId = 100
  const state: State = {
    repo,
    pulls: new Pulls(repo, service.pullRef),
    checks: [],
    comments: [],
    hooks: [],
    protectedBranches: new Set(),
    nextId: () => ++lastId,
  }
  const tokens = new Map<string, ReadonlySet<Right>>()
  const problems: string[] = []
  const asked = new Set<string>()
  const certificate = await testCertificate()
  const caFile = join(root, 'ca.pem')
  await writeFile(caFile, certificate.ca)

  const deliver = (event: 'push' | 'pull_request', payload: object): void => {
    for (const hook of state.hooks) {
      const body = JSON.stringify({ ...payload, delivery: randomBytes(8).toString('hex') })
      const headers = { 'content-type': 'application/json', ...service.signed(hook, event, body) }
      fetch(hook.url, { method: 'POST', headers, body }).catch(() => {})
    }
  }

  const git = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    url.pathname = url.pathname.replace(gitPath, `/${REPOSITORY}.git`)
    asked.add(url.pathname.replace(/\.git\/.*/, ''))
    const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const password = Buffer.from(basic, 'base64').toString().split(':').slice(1).join(':')
    const rights = tokens.get(password)
    if (!rights) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end()
      return
    }
    const isPush =
      url.pathname.endsWith('/git-receive-pack') || url.searchParams.get('service') === 'git-receive-pack'
    if (isPush && !rights.has('files')) {
      response.writeHead(403).end('Write access to repository not granted.')
      return
    }
    await runHttpBackend({
      root,
      request,
      response,
      path: url.pathname,
      query: url.search.slice(1),
      service: url.searchParams.get('service'),
      cutAfterBytes: null,
      beforeAnswer: async () => {
        if (request.method !== 'POST' || !isPush) return
        for (const pull of await state.pulls.refresh()) deliver('pull_request', { number: pull.number })
        deliver('push', {})
      },
    })
  }

  const api = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const say = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(body === undefined ? '' : JSON.stringify(body))
    const method = request.method ?? 'GET'
    const path = url.pathname.slice(service.apiPath.length)
    const described = service.description.find(method, path)
    if (described === null) {
      problems.push(`${method} ${path} is not described`)
      say(500, { message: 'not described' })
      return
    }
    const text = (await buffer(request)).toString()
    const body = text === '' ? undefined : JSON.parse(text)
    problems.push(...described.checkRequest(url.searchParams, body).map((one) => `${method} ${path}: ${one}`))
    const authorization = request.headers.authorization ?? ''
    const rights = tokens.get(service.tokenOf(authorization)) ?? null
    const reply = await service.answer({
      described,
      query: url.searchParams,
      body: body ?? {},
      authorization,
      state,
      rights,
      url: url.href,
    })
    const answer = described.answer(reply.status, reply.body)
    problems.push(...answer.problems.map((one) => `${method} ${path} → ${reply.status}: ${one}`))
    say(reply.status, answer.body, reply.headers)
    if (reply.event) deliver('pull_request', { number: reply.event.number })
  }

  const server = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
    const url = new URL(request.url ?? '/', `https://localhost:${port}`)
    const isGit = url.pathname.startsWith(gitPath) || !url.pathname.startsWith(`${service.apiPath}/`)
    const handle = isGit ? git : api
    handle(request, response, url).catch((error) => {
      problems.push(String(error))
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has such an address.
  const { port } = server.address() as AddressInfo
  const origin = `https://localhost:${port}`

  return {
    service,
    policy: { ...DEFAULT_GIT_POLICY, caFile },
    apiUrl: `${origin}${service.apiPath}`,
    url: `${origin}${gitPath}`,
    state,
    tokens,
    problems,
    asked,
    gitAccess: (token) => ({
      GIT_SSL_CAINFO: caFile,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${origin}/.extraHeader`,
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x:${token}`).toString('base64')}`,
    }),
    protect: async (branch) => {
      state.protectedBranches.add(branch)
      await refusePushesTo(repo.dir, `refs/heads/${branch}`, service.refusal(`refs/heads/${branch}`))
    },
    fork: async (name) => {
      const forked: Repo = { id: state.nextId(), name, dir: join(root, `${name}.git`) }
      await createBare(forked.dir)
      await plainGit(forked.dir, ['fetch', '--quiet', repo.dir, '+refs/heads/*:refs/heads/*'])
      return forked
    },
    merge: async (pull, method) => {
      await state.pulls.merge(pull, method)
      deliver('pull_request', { number: pull.number })
      deliver('push', {})
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(root, { recursive: true, force: true })
    },
  }
}

async function refusePushesTo(dir: string, ref: string, words: string): Promise<void> {
  const hook = join(dir, 'hooks', 'pre-receive')
  const script = `#!/bin/sh
while read -r old new ref; do
  if [ "$ref" = '${ref}' ]; then
    cat >&2 <<'WORDS'
${words}
WORDS
    exit 1
  fi
done
`
  await mkdir(join(dir, 'hooks'), { recursive: true })
  await writeFile(hook, script)
  await chmod(hook, 0o755)
}
