import { createHmac } from 'node:crypto'
import { headOf } from '../../git-bare.ts'
import { readDescription } from '../description.ts'
import { paged } from '../paged.ts'
import type { Call, Check, Comment, Hook, Reply, Right, Service } from '../program.ts'
import type { Pull } from '../pulls.ts'

/** Gitea and Forgejo. A token's rights are its scopes, and how its owner collaborates. */
export function giteaService(): Service {
  return {
    type: 'gitea',
    description: readDescription('gitea'),
    apiPath: '/api/v1',
    pullRef: (number) => `refs/pull/${number}/head`,
    refusal: (ref) => `Gitea: Not allowed to push to protected branch ${ref.replace('refs/heads/', '')}`,
    tokenOf: (authorization) => authorization.replace(/^(bearer|token) /i, ''),
    signed: ({ secret }, event, body) => {
      const mac = createHmac('sha256', secret).update(body).digest('hex')
      return { 'x-gitea-event': event, 'x-gitea-signature': mac, 'x-hub-signature-256': `sha256=${mac}` }
    },
    answer,
  }
}

const NEEDS: readonly [RegExp, Right, string][] = [
  [/\/hooks/, 'webhooks', 'write:repository'],
  [/\/statuses/, 'checks', 'write:repository'],
  [/\/comments/, 'pull-requests', 'write:issue'],
  [/\/pulls/, 'pull-requests', 'write:repository'],
]

async function answer(call: Call): Promise<Reply> {
  const { path, parameters } = call.described
  if (call.rights === null) return { status: 401, body: { message: 'invalid username, password or token' } }
  if (`${parameters.owner}/${parameters.repo}` !== call.state.repo.name) return notFound()
  const needed = NEEDS.find(([pattern]) => pattern.test(path))
  if (needed && !call.rights.has(needed[1])) {
    const message = `token does not have at least one of required scope(s), required=[${needed[2]}]`
    return { status: 403, body: { message } }
  }
  return routes[path]?.(call) ?? notFound()
}

function notFound(): Reply {
  return { status: 404, body: { message: "The target couldn't be found." } }
}

const routes: Readonly<Record<string, (call: Call) => Promise<Reply> | Reply>> = {
  '/repos/{owner}/{repo}': ({ rights }) => ({
    status: 200,
    body: { permissions: { admin: rights?.has('webhooks'), push: rights?.has('files'), pull: true } },
  }),
  '/repos/{owner}/{repo}/branches/{branch}': async ({ described, state }) => {
    const name = described.parameters.branch ?? ''
    if ((await headOf(state.repo.dir, name)) === null) return notFound()
    const isProtected = state.protectedBranches.has(name)
    return { status: 200, body: { name, protected: isProtected, user_can_push: !isProtected } }
  },
  '/repos/{owner}/{repo}/pulls': async (call) => {
    const { state, body } = call
    await state.pulls.refresh()
    if (body.title === undefined) {
      const open = state.pulls.all.filter((pull) => pull.state === 'open')
      return paged(
        call,
        open.map((pull) => pullBody(call, pull)),
      )
    }
    const { title, head, base } = body
    const from = { repo: state.repo, branch: String(head) }
    if (state.pulls.all.some((pull) => pull.state === 'open' && pull.from.branch === head)) {
      return { status: 409, body: { message: 'pull request already exists for these targets' } }
    }
    const given = { title: String(title), body: String(body.body), author: 'tandem-test', into: String(base) }
    const pull = await state.pulls.open({ ...given, from })
    if (pull === null) return notFound()
    return { status: 201, body: pullBody(call, pull), event: pull }
  },
  '/repos/{owner}/{repo}/pulls/{index}': async (call) => {
    const { state, described, body } = call
    await state.pulls.refresh()
    const pull = state.pulls.find(Number(described.parameters.index))
    if (!pull) return notFound()
    Object.assign(pull, body)
    const isChange = Object.keys(body).length > 0
    return { status: isChange ? 201 : 200, body: pullBody(call, pull), ...(isChange ? { event: pull } : {}) }
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
    return { status: 201, body: { id: check.id, status: body.state, context: body.context } }
  },
  '/repos/{owner}/{repo}/issues/{index}/comments': ({ state, body, described }) => {
    const number = Number(described.parameters.index)
    if (body.body === undefined) {
      return { status: 200, body: state.comments.filter((one) => one.number === number).map(commentBody) }
    }
    const comment: Comment = { id: state.nextId(), number, body: String(body.body) }
    state.comments.push(comment)
    return { status: 201, body: commentBody(comment) }
  },
  '/repos/{owner}/{repo}/issues/comments/{id}': ({ state, body, described }) => {
    const comment = state.comments.find(({ id }) => id === Number(described.parameters.id))
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
  '/repos/{owner}/{repo}/hooks/{id}': ({ state, body, described }) => {
    const hook = state.hooks.find(({ id }) => id === Number(described.parameters.id))
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
    html_url: `https://localhost/team/schema/pulls/${number}`,
    state: pull.state === 'open' ? 'open' : 'closed',
    user: { login: author },
    merged: pull.state === 'merged',
    ...(mergeCommit === null ? {} : { merge_commit_sha: mergeCommit }),
    head: { ref: from.branch, sha: head, repo_id: from.repo.id },
    base: { ref: into, sha: 'b'.repeat(40), repo_id: state.repo.id },
  }
}

function commentBody({ id, body }: Comment) {
  return { id, body }
}

function hookOf(body: Readonly<Record<string, unknown>>): Omit<Hook, 'id'> {
  const { url, secret } = body.config as { url: string; secret: string } // described so
  return { url, secret, events: body.events as string[] }
}

function hookBody({ id, url, events }: Hook) {
  return { id, type: 'gitea', config: { url, content_type: 'json' }, events, active: true }
}
