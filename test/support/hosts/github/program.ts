import { createHmac, createVerify, generateKeyPairSync } from 'node:crypto'
import { readDescription } from '../description.ts'
import { paged } from '../paged.ts'
import {
  ALL_RIGHTS,
  type Call,
  type Check,
  type Comment,
  type Hook,
  type Reply,
  type Right,
  type Service,
} from '../program.ts'
import type { Pull } from '../pulls.ts'

const API = '/api/v3'
export const APP = { appId: '4711', installationId: '815' }
const INSTALLATION_TOKEN = 'ghs_installation-token-of-the-test'

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
/** As GitHub hands it out. */
export const APP_KEY = keys.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()

/** GitHub Enterprise Server, for fine-grained tokens and for an App with some rights. */
export function githubService(appRights: ReadonlySet<Right> = new Set(ALL_RIGHTS)): Service & {
  readonly installationToken: string
} {
  return {
    type: 'github',
    installationToken: INSTALLATION_TOKEN,
    description: readDescription('github'),
    apiPath: API,
    pullRef: (number) => `refs/pull/${number}/head`,
    refusal: (ref) =>
      `error: GH006: Protected branch update failed for ${ref}.\n\n- Changes must be made through a pull request.`,
    tokenOf: (authorization) => authorization.replace(/^(bearer|token) /i, ''),
    signed: ({ secret }, event, body) => ({
      'x-github-event': event,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    }),
    answer: (call) => answer(call, appRights),
  }
}

const NEEDS: readonly [RegExp, Right][] = [
  [/\/hooks/, 'webhooks'],
  [/\/check-runs|\/statuses/, 'checks'],
  [/\/pulls|\/comments/, 'pull-requests'],
]

async function answer(call: Call, appRights: ReadonlySet<Right>): Promise<Reply> {
  const { path, parameters } = call.described
  if (path.startsWith('/app/')) return asApp(call, appRights)
  if (call.rights === null) return { status: 401, body: { message: 'Bad credentials' } }
  if (`${parameters.owner}/${parameters.repo}` !== call.state.repo.name) return notFound()
  const needed = NEEDS.find(([pattern]) => pattern.test(path))?.[1]
  if (needed && !call.rights.has(needed)) {
    const by = call.authorization.includes(INSTALLATION_TOKEN) ? 'integration' : 'personal access token'
    return { status: 403, body: { message: `Resource not accessible by ${by}` } }
  }
  return routes[path]?.(call) ?? notFound()
}

function notFound(): Reply {
  return { status: 404, body: { message: 'Not Found' } }
}

function asApp({ described, authorization }: Call, rights: ReadonlySet<Right>): Reply {
  const [head = '', payload = '', signature = ''] = authorization.replace(/^bearer /i, '').split('.')
  const isSigned = createVerify('RSA-SHA256')
    .update(`${head}.${payload}`)
    .verify(keys.publicKey, Buffer.from(signature, 'base64url'))
  const { iss = null } = isSigned ? JSON.parse(Buffer.from(payload, 'base64url').toString()) : {}
  if (String(iss) !== APP.appId) {
    return { status: 401, body: { message: 'A JSON web token could not be decoded' } }
  }
  if (described.parameters.installation_id !== APP.installationId) return notFound()
  const write = (right: Right, name: string) => (rights.has(right) ? { [name]: 'write' } : {})
  const permissions = {
    metadata: 'read',
    ...write('files', 'contents'),
    ...write('pull-requests', 'pull_requests'),
    ...write('checks', 'checks'),
    ...write('webhooks', 'repository_hooks'),
  }
  if (!described.path.endsWith('/access_tokens')) return { status: 200, body: { permissions, events: [] } }
  const expires_at = new Date(Date.now() + 3_600_000).toISOString()
  return { status: 201, body: { token: INSTALLATION_TOKEN, expires_at, permissions } }
}

const routes: Readonly<Record<string, (call: Call) => Promise<Reply> | Reply>> = {
  '/repos/{owner}/{repo}': ({ rights }) => ({
    status: 200,
    body: { permissions: { admin: rights?.has('webhooks'), push: rights?.has('files'), pull: true } },
  }),
  '/repos/{owner}/{repo}/branches/{branch}': ({ described, state }) => {
    const branch = described.parameters.branch ?? ''
    return { status: 200, body: { name: branch, protected: state.protectedBranches.has(branch) } }
  },
  '/repos/{owner}/{repo}/rules/branches/{branch}': () => ({ status: 200, body: [] }),
  '/repos/{owner}/{repo}/pulls': async (call) => {
    const { state, body, query } = call
    await state.pulls.refresh()
    if (body.title === undefined) {
      const into = query.get('base')
      const open = state.pulls.all.filter((pull) => pull.state === 'open' && pull.into === into).toReversed()
      return paged(
        call,
        open.map((pull) => pullBody(call, pull)),
      )
    }
    const { title, head, base } = body
    const isOpen = state.pulls.all.some((pull) => pull.state === 'open' && pull.from.branch === head)
    const pull = isOpen
      ? null
      : await state.pulls.open({
          title: String(title),
          body: String(body.body),
          author: 'tandem-test',
          from: { repo: state.repo, branch: String(head) },
          into: String(base),
        })
    if (pull === null) {
      const message = isOpen
        ? `A pull request already exists for team:${head}.`
        : `No commits between ${base} and ${head}`
      return { status: 422, body: { message: 'Validation Failed', errors: [{ code: 'custom', message }] } }
    }
    return { status: 201, body: pullBody(call, pull), event: pull }
  },
  '/repos/{owner}/{repo}/pulls/{pull_number}': async (call) => {
    const { state, described, body } = call
    await state.pulls.refresh()
    const pull = state.pulls.find(Number(described.parameters.pull_number))
    if (!pull) return notFound()
    Object.assign(pull, body)
    return {
      status: 200,
      body: pullBody(call, pull),
      ...(Object.keys(body).length > 0 ? { event: pull } : {}),
    }
  },
  '/repos/{owner}/{repo}/commits/{ref}/check-runs': ({ state, described, query }) => {
    const { ref } = described.parameters
    const runs = state.checks.filter(({ oid, name }) => oid === ref && name === query.get('check_name'))
    return { status: 200, body: { total_count: runs.length, check_runs: runs.map(runBody) } }
  },
  '/repos/{owner}/{repo}/check-runs': ({ state, body }) => {
    const check: Check = {
      id: state.nextId(),
      oid: String(body.head_sha),
      name: String(body.name),
      state: '',
      title: '',
      annotations: [],
    }
    state.checks.push(check)
    setCheck(check, body)
    return { status: 201, body: runBody(check) }
  },
  '/repos/{owner}/{repo}/check-runs/{check_run_id}': ({ state, body, described }) => {
    const check = state.checks.find(({ id }) => id === Number(described.parameters.check_run_id))
    if (!check) return notFound()
    setCheck(check, body)
    return { status: 200, body: runBody(check) }
  },
  '/repos/{owner}/{repo}/statuses/{sha}': ({ state, body, described }) => {
    const oid = described.parameters.sha ?? ''
    const check: Check = {
      id: state.nextId(),
      oid,
      name: String(body.context),
      state: String(body.state),
      title: String(body.description),
      annotations: [],
    }
    const old = state.checks.findIndex((one) => one.oid === oid && one.name === check.name)
    state.checks.splice(old < 0 ? state.checks.length : old, 1, check)
    return { status: 201, body: { id: check.id, state: body.state, context: body.context } }
  },
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': (call) => {
    const { state, body, described } = call
    const number = Number(described.parameters.issue_number)
    if (body.body === undefined) {
      return paged(call, state.comments.filter((one) => one.number === number).map(commentBody))
    }
    const comment: Comment = { id: state.nextId(), number, body: String(body.body) }
    state.comments.push(comment)
    return { status: 201, body: commentBody(comment) }
  },
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ({ state, body, described }) => {
    const comment = state.comments.find(({ id }) => id === Number(described.parameters.comment_id))
    if (!comment) return notFound()
    comment.body = String(body.body)
    return { status: 200, body: commentBody(comment) }
  },
  '/repos/{owner}/{repo}/hooks': (call) => {
    const { state, body } = call
    if (body.config === undefined) return paged(call, state.hooks.map(hookBody))
    const hook = { id: state.nextId(), ...hookOf(body) }
    state.hooks.push(hook)
    return { status: 201, body: hookBody(hook) }
  },
  '/repos/{owner}/{repo}/hooks/{hook_id}': ({ state, body, described }) => {
    const hook = state.hooks.find(({ id }) => id === Number(described.parameters.hook_id))
    if (!hook) return notFound()
    Object.assign(hook, hookOf(body))
    return { status: 200, body: hookBody(hook) }
  },
}

function pullBody({ state }: Call, pull: Pull) {
  const { number, title, author, from, into, head, mergeCommit } = pull
  return {
    number,
    title,
    body: pull.body,
    html_url: `https://localhost/team/schema/pull/${number}`,
    state: pull.state === 'open' ? 'open' : 'closed',
    user: { login: author },
    merged_at: pull.state === 'merged' ? '2026-01-01T00:00:00Z' : null,
    // Of an open one GitHub names its own trial merge here.
    merge_commit_sha: mergeCommit ?? 'e'.repeat(40),
    head: { ref: from.branch, sha: head, repo: { id: from.repo.id } },
    base: { ref: into, sha: 'b'.repeat(40), repo: { id: state.repo.id } },
  }
}

function setCheck(check: Check, body: Readonly<Record<string, unknown>>): void {
  const output = body.output as { title: string; annotations?: readonly unknown[] } // described so
  check.state = String(body.conclusion ?? body.status ?? check.state)
  check.title = output.title
  check.annotations = [...check.annotations, ...(output.annotations ?? [])]
}

function runBody({ id, oid, name }: Check) {
  return { id, head_sha: oid, name }
}

function commentBody({ id, body }: Comment) {
  return { id, body }
}

function hookOf(body: Readonly<Record<string, unknown>>): Omit<Hook, 'id'> {
  const { url, secret } = body.config as { url: string; secret: string } // described so
  return { url, secret, events: body.events as string[] }
}

function hookBody({ id, url, events }: Hook) {
  return { id, config: { url }, events, active: true }
}
