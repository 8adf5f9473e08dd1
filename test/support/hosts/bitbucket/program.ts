import { createHmac } from 'node:crypto'
import { headOf } from '../../git-bare.ts'
import { readDescription } from '../description.ts'
import type { Call, Check, Comment, Hook, Reply, Right, Service } from '../program.ts'
import type { Pull } from '../pulls.ts'

/** Bitbucket Cloud. A token's rights are its scopes. */
export function bitbucketService(): Service {
  return {
    type: 'bitbucket',
    description: readDescription('bitbucket'),
    apiPath: '/2.0',
    // For the program alone: Bitbucket shows no such reference, and the adapter asks for the branch.
    pullRef: (number) => `refs/hidden/${number}`,
    refusal: (ref) => `Permission denied to update branch ${ref.replace('refs/heads/', '')}.`,
    tokenOf: (authorization) => authorization.replace(/^bearer /i, ''),
    signed: ({ secret }, event, body) => ({
      'x-event-key': event === 'push' ? 'repo:push' : 'pullrequest:updated',
      'x-hub-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    }),
    answer,
  }
}

const REPO = '/repositories/{workspace}/{repo_slug}'
const NEEDS: readonly [RegExp, Right][] = [
  [/\/hooks/, 'webhooks'],
  [/\/statuses/, 'checks'],
  [/\/pullrequests/, 'pull-requests'],
]
const SCOPES: Readonly<Record<Right, string>> = {
  files: 'repository:write',
  'pull-requests': 'pullrequest:write',
  checks: 'repository',
  webhooks: 'webhook',
}

async function answer(call: Call): Promise<Reply> {
  const { path, parameters } = call.described
  if (call.rights === null) return refused(401, 'Token is invalid, expired, or not supported.')
  if (`${parameters.workspace}/${parameters.repo_slug}` !== call.state.repo.name) return notFound()
  const needed = NEEDS.find(([pattern]) => pattern.test(path))
  if (needed && !call.rights.has(needed[1])) {
    return refused(403, 'Your credentials lack one or more required privilege scopes.')
  }
  return routes[path.slice(REPO.length)]?.(call) ?? notFound()
}

function refused(status: number, message: string): Reply {
  return { status, body: { type: 'error', error: { message } } }
}

function notFound(): Reply {
  return refused(404, 'Resource not found')
}

const routes: Readonly<Record<string, (call: Call) => Promise<Reply> | Reply>> = {
  '': ({ state, rights }) => ({
    status: 200,
    body: { full_name: state.repo.name },
    headers: { 'x-oauth-scopes': [...(rights ?? [])].map((right) => SCOPES[right]).join(', ') },
  }),
  '/branch-restrictions': (call) =>
    paged(
      call,
      [...call.state.protectedBranches].map((pattern) => ({
        kind: 'push',
        branch_match_kind: 'glob',
        pattern,
        users: [],
      })),
    ),
  '/commit/{commit}': async ({ state, described }) => {
    const oids = state.pulls.all.flatMap((pull) => [pull.head, pull.mergeCommit ?? ''])
    const hash = oids.find((oid) => oid.startsWith(described.parameters.commit ?? ''))
    return hash ? { status: 200, body: { hash } } : notFound()
  },
  '/pullrequests': async (call) => {
    const { state, body } = call
    await state.pulls.refresh()
    if (body.title === undefined) {
      const open = state.pulls.all.filter((pull) => pull.state === 'open')
      return paged(
        call,
        open.map((pull) => pullBody(call, pull)),
      )
    }
    const { source, destination } = body as Record<'source' | 'destination', { branch: { name: string } }> // described so
    const given = { title: String(body.title), body: String(body.description), author: 'tandem-test' }
    const from = { repo: state.repo, branch: source.branch.name }
    if ((await headOf(state.repo.dir, from.branch)) === null) return refused(400, 'Bad request')
    const pull = await state.pulls.open({ ...given, from, into: destination.branch.name })
    if (pull === null) return refused(400, 'There are no changes to be pulled')
    return { status: 201, body: pullBody(call, pull), event: pull }
  },
  '/pullrequests/{pull_request_id}': async (call) => {
    const { state, described, body } = call
    await state.pulls.refresh()
    const pull = state.pulls.find(Number(described.parameters.pull_request_id))
    if (!pull) return notFound()
    if (typeof body.title === 'string') pull.title = body.title
    if (typeof body.description === 'string') pull.body = body.description
    const isChange = Object.keys(body).length > 0
    return { status: 200, body: pullBody(call, pull), ...(isChange ? { event: pull } : {}) }
  },
  '/pullrequests/{pull_request_id}/decline': async (call) => {
    const pull = call.state.pulls.find(Number(call.described.parameters.pull_request_id))
    if (!pull) return notFound()
    pull.state = 'closed'
    return { status: 200, body: pullBody(call, pull), event: pull }
  },
  '/commit/{commit}/statuses/build': ({ state, body, described }) => {
    const oid = described.parameters.commit ?? ''
    const check: Check = {
      id: state.nextId(),
      oid,
      name: String(body.key),
      state: STATES[String(body.state)] ?? '',
      title: String(body.description),
      annotations: [],
    }
    if (typeof body.url !== 'string') return refused(400, 'url: this field is required')
    const old = state.checks.findIndex((one) => one.oid === oid && one.name === check.name)
    state.checks.splice(old < 0 ? state.checks.length : old, 1, check)
    return { status: 201, body: { key: body.key, state: body.state } }
  },
  '/pullrequests/{pull_request_id}/comments': (call) => {
    const { state, body, described } = call
    const number = Number(described.parameters.pull_request_id)
    if (body.content === undefined) {
      return paged(call, state.comments.filter((one) => one.number === number).map(commentBody))
    }
    const comment: Comment = { id: state.nextId(), number, body: rawOf(body) }
    state.comments.push(comment)
    return { status: 201, body: commentBody(comment) }
  },
  '/pullrequests/{pull_request_id}/comments/{comment_id}': ({ state, body, described }) => {
    const comment = state.comments.find(({ id }) => id === Number(described.parameters.comment_id))
    if (!comment) return notFound()
    comment.body = rawOf(body)
    return { status: 200, body: commentBody(comment) }
  },
  '/hooks': (call) => {
    const { state, body } = call
    if (body.url === undefined) return paged(call, state.hooks.map(hookBody))
    const hook = { id: state.nextId(), ...hookOf(body) }
    state.hooks.push(hook)
    return { status: 201, body: hookBody(hook) }
  },
  '/hooks/{uid}': ({ state, body, described }) => {
    const hook = state.hooks.find((one) => uuidOf(one) === described.parameters.uid)
    if (!hook) return notFound()
    Object.assign(hook, hookOf(body))
    return { status: 200, body: hookBody(hook) }
  },
}

/** In the words that the tests of every service share. */
const STATES: Readonly<Record<string, string>> = {
  INPROGRESS: 'pending',
  SUCCESSFUL: 'success',
  FAILED: 'failure',
}
const PULL_STATES = { open: 'OPEN', merged: 'MERGED', closed: 'DECLINED' } as const

/** Pages as Bitbucket wraps them, small so that there is more than one. */
function paged({ query, url }: Call, list: readonly unknown[]): Reply {
  const page = Number(query.get('page') ?? 1)
  const next = new URL(url)
  next.searchParams.set('page', String(page + 1))
  return {
    status: 200,
    body: {
      page,
      values: list.slice((page - 1) * 2, page * 2),
      ...(list.length > page * 2 ? { next: next.href } : {}),
    },
  }
}

function pullBody({ state }: Call, pull: Pull) {
  const { number, title, author, from, into, head, mergeCommit } = pull
  return {
    id: number,
    title,
    state: PULL_STATES[pull.state],
    author: { display_name: author },
    links: { html: { href: `https://localhost/team/schema/pull-requests/${number}` } },
    source: {
      branch: { name: from.branch },
      commit: { hash: head.slice(0, 12) },
      repository: { full_name: from.repo.name },
    },
    destination: { branch: { name: into }, repository: { full_name: state.repo.name } },
    ...(mergeCommit === null ? {} : { merge_commit: { hash: mergeCommit.slice(0, 12) } }),
  }
}

function rawOf(body: Readonly<Record<string, unknown>>): string {
  return (body.content as { raw: string }).raw // described so
}

function commentBody({ id, body }: Comment) {
  return { id, content: { raw: body } }
}

function hookOf(body: Readonly<Record<string, unknown>>): Omit<Hook, 'id'> {
  const named = (body.events as string[]).map((event) => (event === 'repo:push' ? 'push' : 'pull_request')) // described so
  return { url: String(body.url), secret: String(body.secret), events: [...new Set(named)] }
}

function uuidOf({ id }: Hook): string {
  return `{${id}}`
}

function hookBody(hook: Hook) {
  return { uuid: uuidOf(hook), url: hook.url, active: true, secret_set: true }
}
