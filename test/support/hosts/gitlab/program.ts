import { headOf } from '../../git-bare.ts'
import { readDescription } from '../description.ts'
import { paged } from '../paged.ts'
import type { Call, Check, Comment, Hook, Reply, Right, Service } from '../program.ts'
import type { Pull } from '../pulls.ts'

/** GitLab. A token's rights are its scopes and its role. */
export function gitlabService(): Service {
  return {
    type: 'gitlab',
    description: readDescription('gitlab'),
    apiPath: '/api/v4',
    pullRef: (number) => `refs/merge-requests/${number}/head`,
    refusal: () => 'GitLab: You are not allowed to push code to protected branches on this project.',
    tokenOf: (authorization) => authorization.replace(/^bearer /i, ''),
    signed: ({ secret }, event) => ({
      'x-gitlab-event': event === 'push' ? 'Push Hook' : 'Merge Request Hook',
      'x-gitlab-token': secret,
    }),
    answer,
  }
}

const NEEDS: readonly [RegExp, Right, Reply][] = [
  [/\/hooks/, 'webhooks', { status: 403, body: { message: '403 Forbidden' } }],
  [/\/statuses/, 'checks', { status: 403, body: { message: '403 Forbidden' } }],
  [
    /\/merge_requests/,
    'pull-requests',
    {
      status: 403,
      body: {
        error: 'insufficient_scope',
        error_description: 'The request requires higher privileges than provided by the access token.',
        scope: 'api',
      },
    },
  ],
]

async function answer(call: Call): Promise<Reply> {
  const { path, parameters } = call.described
  if (call.rights === null) return { status: 401, body: { message: '401 Unauthorized' } }
  if (path.startsWith('/projects/') && parameters.id !== call.state.repo.name) return notFound('Project')
  const [, , refused] = NEEDS.find(([pattern, right]) => pattern.test(path) && !call.rights?.has(right)) ?? []
  return refused ?? routes[path]?.(call) ?? notFound('Resource')
}

function notFound(thing: string): Reply {
  return { status: 404, body: { message: `404 ${thing} Not Found` } }
}

const routes: Readonly<Record<string, (call: Call) => Promise<Reply> | Reply>> = {
  '/personal_access_tokens/self': () => ({ status: 200, body: { scopes: ['api'] } }),
  '/projects/{id}': ({ rights }) => {
    const level = rights?.has('webhooks') ? 40 : rights?.has('files') ? 30 : 20
    return {
      status: 200,
      body: { permissions: { project_access: { access_level: level }, group_access: { access_level: 10 } } },
    }
  },
  '/projects/{id}/repository/branches/{branch}': async ({ described, state }) => {
    const name = described.parameters.branch ?? ''
    if ((await headOf(state.repo.dir, name)) === null) return notFound('Branch')
    const isProtected = state.protectedBranches.has(name)
    return { status: 200, body: { name, protected: isProtected, can_push: !isProtected } }
  },
  '/projects/{id}/merge_requests': async (call) => {
    const { state, body, query } = call
    await state.pulls.refresh()
    if (body.title === undefined) {
      const open = state.pulls.all.filter(
        (pull) => pull.state === 'open' && pull.into === query.get('target_branch'),
      )
      return paged(
        call,
        open.map((pull) => pullBody(call, pull)),
      )
    }
    const { title, source_branch: branch, target_branch: into } = body
    const other = state.pulls.all.find((pull) => pull.state === 'open' && pull.from.branch === branch)
    if (other) {
      const message = `Another open merge request already exists for this source branch: !${other.number}`
      return { status: 409, body: { message: [message] } }
    }
    const given = { title: String(title), body: String(body.description), author: 'tandem-test' }
    const from = { repo: state.repo, branch: String(branch) }
    const pull = await state.pulls.open({ ...given, from, into: String(into) })
    if (pull === null) return { status: 400, body: { message: { source_branch: ['does not exist'] } } }
    return { status: 201, body: pullBody(call, pull), event: pull }
  },
  '/projects/{id}/merge_requests/{merge_request_iid}': async (call) => {
    const { state, described, body } = call
    await state.pulls.refresh()
    const pull = state.pulls.find(Number(described.parameters.merge_request_iid))
    if (!pull) return notFound('Merge request')
    if (typeof body.title === 'string') pull.title = body.title
    if (typeof body.description === 'string') pull.body = body.description
    if (body.state_event === 'close') pull.state = 'closed'
    const isChange = Object.keys(body).length > 0
    return { status: 200, body: pullBody(call, pull), ...(isChange ? { event: pull } : {}) }
  },
  '/projects/{id}/statuses/{sha}': ({ state, body, described }) => {
    const oid = described.parameters.sha ?? ''
    const check: Check = {
      id: state.nextId(),
      oid,
      name: String(body.name),
      state: STATES[String(body.state)] ?? '',
      title: String(body.description),
      annotations: [],
    }
    const old = state.checks.findIndex((one) => one.oid === oid && one.name === check.name)
    if (check.state === 'pending' && state.checks[old]?.state === 'pending') {
      const message = 'Cannot transition status via :run from :running'
      return { status: 400, body: { message } }
    }
    state.checks.splice(old < 0 ? state.checks.length : old, 1, check)
    return { status: 201, body: { id: check.id, status: body.state, name: body.name } }
  },
  '/projects/{id}/merge_requests/{merge_request_iid}/notes': (call) => {
    const { state, body, described } = call
    const number = Number(described.parameters.merge_request_iid)
    if (body.body === undefined) {
      return paged(call, state.comments.filter((one) => one.number === number).map(noteBody))
    }
    const comment: Comment = { id: state.nextId(), number, body: String(body.body) }
    state.comments.push(comment)
    return { status: 201, body: noteBody(comment) }
  },
  '/projects/{id}/merge_requests/{merge_request_iid}/notes/{note_id}': ({ state, body, described }) => {
    const comment = state.comments.find(({ id }) => id === Number(described.parameters.note_id))
    if (!comment) return notFound('Note')
    comment.body = String(body.body)
    return { status: 200, body: noteBody(comment) }
  },
  '/projects/{id}/hooks': (call) => {
    const { state, body } = call
    if (body.url === undefined) return paged(call, state.hooks.map(hookBody))
    const hook = { id: state.nextId(), ...hookOf(body) }
    state.hooks.push(hook)
    return { status: 201, body: hookBody(hook) }
  },
  '/projects/{id}/hooks/{hook_id}': ({ state, body, described }) => {
    const hook = state.hooks.find(({ id }) => id === Number(described.parameters.hook_id))
    if (!hook) return notFound('Hook')
    Object.assign(hook, hookOf(body))
    return { status: 200, body: hookBody(hook) }
  },
}

/** In the words that the tests of every service share. */
const STATES: Readonly<Record<string, string>> = { running: 'pending', success: 'success', failed: 'failure' }

function pullBody({ state }: Call, pull: Pull) {
  const { number, title, author, from, into, head, mergeCommit, mergedBy } = pull
  return {
    iid: number,
    title,
    description: pull.body,
    web_url: `https://localhost/team/schema/-/merge_requests/${number}`,
    state: pull.state === 'open' ? 'opened' : pull.state,
    author: { username: author },
    // A rebase moves the merge request's own branch, and the other one goes forward to it.
    sha: mergedBy === 'rebase' ? mergeCommit : head,
    merge_commit_sha: mergedBy === 'merge' ? mergeCommit : null,
    squash_commit_sha: mergedBy === 'squash' ? mergeCommit : null,
    source_branch: from.branch,
    source_project_id: from.repo.id,
    target_branch: into,
    target_project_id: state.repo.id,
  }
}

function noteBody({ id, body }: Comment) {
  return { id, body }
}

function hookOf(body: Readonly<Record<string, unknown>>): Omit<Hook, 'id'> {
  const events = [
    ...(body.push_events === true ? ['push'] : []),
    ...(body.merge_requests_events === true ? ['pull_request'] : []),
  ]
  return { url: String(body.url), secret: String(body.token), events }
}

function hookBody({ id, url, events }: Hook) {
  return {
    id,
    url,
    push_events: events.includes('push'),
    merge_requests_events: events.includes('pull_request'),
  }
}
