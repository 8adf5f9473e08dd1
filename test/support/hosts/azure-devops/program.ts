import { WEBHOOK_USER } from '../../../../src/git/hosts/azure-devops/webhook.ts'
import { readDescription } from '../description.ts'
import type { Call, Check, Comment, Hook, Reply, Right, Service } from '../program.ts'
import type { Pull } from '../pulls.ts'

/** Azure DevOps, where `acme` is the organization and `team` the project. A token's rights are its scopes. */
export function azureDevopsService(): Service {
  return {
    type: 'azure-devops',
    description: readDescription('azure-devops'),
    apiPath: '/acme',
    gitPath: '/acme/team/_git/schema',
    // For the program alone: the adapter asks for the branch.
    pullRef: (number) => `refs/hidden/${number}`,
    refusal: () =>
      'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.',
    tokenOf: (authorization) =>
      Buffer.from(authorization.replace(/^basic /i, ''), 'base64')
        .toString()
        .replace(/^[^:]*:/, ''),
    signed: ({ secret }) => ({
      authorization: `Basic ${Buffer.from(`${WEBHOOK_USER}:${secret}`).toString('base64')}`,
    }),
    answer,
  }
}

const REPO = '/{project}/_apis/git/repositories/{repositoryId}'
const NEEDS: readonly [RegExp, Right, Reply][] = [
  [/\/hooks\//, 'webhooks', { status: 401 }],
  [/\/statuses/, 'checks', { status: 401 }],
  [
    /\/pullRequests/,
    'pull-requests',
    refused(403, "TF401027: You need the Git 'PullRequestContribute' permission to perform this action."),
  ],
]

async function answer(call: Call): Promise<Reply> {
  const { path, parameters } = call.described
  if (call.rights === null) return { status: 401 }
  const { project = 'team', repositoryId = 'schema' } = parameters
  if (`${project}/${repositoryId}` !== call.state.repo.name) {
    return refused(404, 'TF401019: The Git repository does not exist or you do not have permissions for it.')
  }
  const needed = NEEDS.find(([pattern]) => pattern.test(path))
  if (needed && !call.rights.has(needed[1])) return needed[2]
  const route = path.startsWith(REPO) ? path.slice(REPO.length) : path
  return routes[route]?.(call) ?? refused(404, 'The controller was not found.')
}

function refused(status: number, message: string): Reply {
  return { status, body: { message, typeKey: 'GitException' } }
}

const routes: Readonly<Record<string, (call: Call) => Promise<Reply> | Reply>> = {
  '': ({ state }) => ({
    status: 200,
    body: {
      id: String(state.repo.id),
      name: 'schema',
      webUrl: 'https://localhost/acme/team/_git/schema',
      project: { id: 'a-project' },
    },
  }),
  '/{project}/_apis/policy/configurations': ({ state }) =>
    listed(
      [...state.protectedBranches].map((branch) => ({
        isEnabled: true,
        isBlocking: true,
        settings: {
          scope: [
            { repositoryId: String(state.repo.id), refName: `refs/heads/${branch}`, matchKind: 'Exact' },
          ],
        },
      })),
    ),
  '/pullRequests': async (call) => {
    const { state, body, query } = call
    await state.pulls.refresh()
    if (body.title === undefined) {
      const into = query.get('searchCriteria.targetRefName')
      const open = state.pulls.all.filter((one) => one.state === 'open' && `refs/heads/${one.into}` === into)
      const from = Number(query.get('$skip'))
      return listed(open.slice(from, from + Number(query.get('$top'))).map((pull) => pullBody(call, pull)))
    }
    const branch = String(body.sourceRefName).replace('refs/heads/', '')
    if (state.pulls.all.some((pull) => pull.state === 'open' && pull.from.branch === branch)) {
      return refused(409, 'TF401179: An active pull request for the source and target branch already exists.')
    }
    const pull = await state.pulls.open({
      title: String(body.title),
      body: String(body.description),
      author: 'tandem-test',
      from: { repo: state.repo, branch },
      into: String(body.targetRefName).replace('refs/heads/', ''),
    })
    if (pull === null) return refused(400, 'TF401398: The source branch does not exist.')
    return { status: 201, body: pullBody(call, pull), event: pull }
  },
  '/pullRequests/{pullRequestId}': async (call) => {
    const { state, body } = call
    await state.pulls.refresh()
    const pull = pullOf(call)
    if (!pull) return refused(404, 'TF401180: The requested pull request was not found.')
    if (typeof body.title === 'string') pull.title = body.title
    if (typeof body.description === 'string') pull.body = body.description
    if (body.status === 'abandoned') pull.state = 'closed'
    const isChange = Object.keys(body).length > 0
    return { status: 200, body: pullBody(call, pull), ...(isChange ? { event: pull } : {}) }
  },
  '/pullRequests/{pullRequestId}/statuses': async (call) => {
    const { state, body } = call
    await state.pulls.refresh()
    const { genre, name } = body.context as { genre?: string; name: string } // described so
    const check: Check = {
      id: state.nextId(),
      oid: pullOf(call)?.head ?? '',
      name: genre === undefined ? name : `${genre}/${name}`,
      state: STATES[String(body.state)] ?? '',
      title: String(body.description),
      annotations: [],
    }
    const old = state.checks.findIndex((one) => one.oid === check.oid && one.name === check.name)
    state.checks.splice(old < 0 ? state.checks.length : old, 1, check)
    return { status: 200, body: { id: check.id, state: body.state, context: body.context } }
  },
  '/pullRequests/{pullRequestId}/threads': (call) => {
    const { state, body } = call
    const number = numberOf(call)
    if (body.comments === undefined) {
      return listed(state.comments.filter((one) => one.number === number).map(threadBody))
    }
    const [{ content }] = body.comments as [{ content: string }] // the adapter sends one
    const comment: Comment = { id: state.nextId(), number, body: content }
    state.comments.push(comment)
    return { status: 200, body: threadBody(comment) }
  },
  '/pullRequests/{pullRequestId}/threads/{threadId}/comments/{commentId}': ({ state, body, described }) => {
    const comment = state.comments.find(({ id }) => id === Number(described.parameters.threadId))
    if (!comment) return refused(404, 'The thread was not found.')
    comment.body = String(body.content)
    return { status: 200, body: { id: 1, content: comment.body } }
  },
  '/_apis/hooks/subscriptions': ({ state, body }) => {
    if (body.eventType === undefined) return listed(state.hooks.flatMap(subscriptionsOf))
    const { url, basicAuthPassword: secret = '' } = inputsOf(body)
    const there = state.hooks.find((one) => one.url === url && one.secret === secret)
    const event = eventOf(String(body.eventType))
    const hook = there ?? { id: state.nextId(), url: String(url), secret, events: [] }
    const events = [...new Set([...hook.events, event])]
    state.hooks.splice(there ? state.hooks.indexOf(there) : state.hooks.length, 1, { ...hook, events })
    return { status: 200, body: { id: `${hook.id}.${body.eventType}` } }
  },
  '/_apis/hooks/subscriptions/{subscriptionId}': ({ state, body, described }) => {
    const id = described.parameters.subscriptionId ?? ''
    const hook = state.hooks.find((one) => id.startsWith(`${one.id}.`))
    if (!hook) return refused(404, 'The subscription was not found.')
    hook.secret = inputsOf(body).basicAuthPassword ?? ''
    return { status: 200, body: { id } }
  },
}

/** In the words that the tests of every service share. */
const STATES: Readonly<Record<string, string>> = {
  pending: 'pending',
  succeeded: 'success',
  failed: 'failure',
}
const PULL_STATES = { open: 'active', merged: 'completed', closed: 'abandoned' } as const
const EVENTS = ['git.push', 'git.pullrequest.created', 'git.pullrequest.updated']

function listed(value: readonly unknown[]): Reply {
  return { status: 200, body: { count: value.length, value } }
}

function numberOf({ described }: Call): number {
  return Number(described.parameters.pullRequestId)
}

function pullOf(call: Call): Pull | undefined {
  return call.state.pulls.find(numberOf(call))
}

function pullBody({ state }: Call, pull: Pull) {
  const { number, title, author, from, into, head, mergeCommit } = pull
  return {
    pullRequestId: number,
    title,
    description: pull.body,
    status: PULL_STATES[pull.state],
    createdBy: { displayName: author },
    sourceRefName: `refs/heads/${from.branch}`,
    targetRefName: `refs/heads/${into}`,
    lastMergeSourceCommit: { commitId: head },
    // Of an open one it is a trial merge.
    lastMergeCommit: { commitId: mergeCommit ?? 'e'.repeat(40) },
    ...(from.repo.id === state.repo.id ? {} : { forkSource: { name: `refs/heads/${from.branch}` } }),
  }
}

function threadBody({ id, body }: Comment) {
  return { id, comments: [{ id: 1, content: body }] }
}

function inputsOf(body: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return body.consumerInputs as Record<string, string> // described so
}

function eventOf(eventType: string): string {
  return eventType === 'git.push' ? 'push' : 'pull_request'
}

function subscriptionsOf({ id, url, events }: Hook) {
  return EVENTS.filter((eventType) => events.includes(eventOf(eventType))).map((eventType) => ({
    id: `${id}.${eventType}`,
    eventType,
    consumerInputs: { url },
  }))
}
