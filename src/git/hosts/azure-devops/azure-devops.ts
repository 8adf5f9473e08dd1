import type { CheckReport, Host } from '../host.ts'
import { HostError } from '../host-error.ts'
import type { HostOptions } from '../host-options.ts'
import { pinnedFetch } from '../pinned-fetch.ts'
import { missingRight, type Rest, type RestCall, restOf } from '../rest.ts'
import { Done, listOf, Policy, Pull, pullRequestOf, Repository, refOf, Thread } from './answers.ts'
import { rightName, untoldRights } from './rights.ts'
import { keepSubscriptions } from './webhook.ts'

const NAME = 'Azure DevOps'
const VERSION = { 'api-version': '7.1' }
const PAGE = 100
const PAGES_MAX = 100
/** Azure DevOps refuses longer descriptions of pull requests. */
const DESCRIPTION_MAX = 4_000

/** Azure DevOps Services and Server, by a personal access token. */
export function azureDevopsHost({ apiUrl, repository, token, policy }: HostOptions): Host {
  const basic = Buffer.from(`:${token}`).toString('base64')
  const shown = new Set([token, basic])
  const plain = restOf({
    name: NAME,
    apiUrl,
    fetch: pinnedFetch(apiUrl, policy),
    // Else it sends whoever is not signed in to a page for people.
    signIn: async () => ({ authorization: `Basic ${basic}`, 'x-tfs-fedauthredirect': 'Suppress' }),
    secrets: () => [...shown],
  })
  const [project = '', name = ''] = repository.split('/').map(encodeURIComponent)
  const repo = `/${project}/_apis/git/repositories/${name}`
  const pulls = `${repo}/pullRequests`
  const base = { absent: 'right', right: rightName('pull-requests'), query: VERSION } as const
  const pull = (number: number) => ({
    path: `${pulls}/${number}`,
    right: base.right,
    query: VERSION,
    absent: 'thing' as const,
    thing: `pull request ${number}`,
  })
  const readRepository = () =>
    plain.call({
      method: 'GET',
      path: repo,
      query: VERSION,
      answer: Repository,
      right: rightName('read-files'),
      absent: 'thing',
      thing: `repository ${repository}`,
    })
  const rest: Rest = { ...plain, call: withScopes }

  return {
    type: 'azure-devops',
    rights: async () => {
      await readRepository()
      return untoldRights()
    },
    isProtected: async (branch) => {
      const { id } = await readRepository()
      const { value } = await rest.call({
        method: 'GET',
        path: `/${project}/_apis/policy/configurations`,
        query: VERSION,
        answer: listOf(Policy),
        right: rightName('read-files'),
        absent: 'right',
      })
      return value.some(
        ({ isEnabled, isBlocking, settings }) =>
          isEnabled &&
          isBlocking &&
          (settings?.scope ?? []).some(
            ({ repositoryId, refName, matchKind }) =>
              (!repositoryId || repositoryId === id) &&
              (!refName ||
                (matchKind === 'Prefix' ? refOf(branch).startsWith(refName) : refOf(branch) === refName)),
          ),
      )
    },
    openPullRequest: async ({ from, into, title, body }) => {
      const sent = {
        sourceRefName: refOf(from),
        targetRefName: refOf(into),
        title,
        description: body.slice(0, DESCRIPTION_MAX),
      }
      const opened = await rest.call({ ...base, method: 'POST', path: pulls, body: sent, answer: Pull })
      return pullRequestOf(opened, await readRepository())
    },
    readPullRequest: async (number) =>
      pullRequestOf(
        await rest.call({ ...pull(number), method: 'GET', answer: Pull }),
        await readRepository(),
      ),
    listPullRequests: async (into) => {
      const found = await openInto(into)
      const at = await readRepository()
      return found.map((one) => pullRequestOf(one, at)).toSorted((a, b) => b.number - a.number)
    },
    updatePullRequest: async (number, { title, body }) => {
      const change = { title, description: body.slice(0, DESCRIPTION_MAX) }
      await rest.call({ ...pull(number), method: 'PATCH', body: change, answer: Done })
    },
    closePullRequest: async (number) => {
      await rest.call({ ...pull(number), method: 'PATCH', body: { status: 'abandoned' }, answer: Done })
    },
    reportCheck: async (report) => {
      await rest.call({
        method: 'POST',
        path: `${pulls}/${report.pullRequest}/statuses`,
        query: VERSION,
        body: statusOf(report),
        answer: Done,
        right: rightName('checks'),
        absent: 'right',
      })
    },
    keepComment: async (number, marker, body) => {
      const threads = `${pulls}/${number}/threads`
      const { value } = await rest.call({ ...base, method: 'GET', path: threads, answer: listOf(Thread) })
      const [ours] = value.flatMap(({ id, comments }) =>
        (comments ?? [])
          .filter(({ content }) => content?.startsWith(marker))
          .map((comment) => `${threads}/${id}/comments/${comment.id}`),
      )
      const content = `${marker}\n${body}`
      await rest.call({
        ...base,
        ...(ours === undefined
          ? {
              method: 'POST',
              path: threads,
              // An open one would stand in the way where comments must be resolved.
              body: { comments: [{ parentCommentId: 0, content, commentType: 'text' }], status: 'closed' },
            }
          : { method: 'PATCH', path: ours, body: { content } }),
        answer: Done,
      })
    },
    keepWebhook: async (hook) => {
      shown.add(hook.secret)
      await keepSubscriptions(rest, await readRepository(), hook)
    },
  }

  async function openInto(into: string) {
    const found = []
    for (let page = 0; page < PAGES_MAX; page++) {
      const { value } = await rest.call({
        ...base,
        method: 'GET',
        path: pulls,
        query: {
          ...VERSION,
          'searchCriteria.status': 'active',
          'searchCriteria.targetRefName': refOf(into),
          $top: PAGE,
          $skip: page * PAGE,
        },
        answer: listOf(Pull),
      })
      found.push(...value)
      if (value.length < PAGE) break
    }
    return found
  }

  /** A token without the scope is told like one that nobody knows: whether it may read tells them apart. */
  async function withScopes<T>(call: RestCall<T>): Promise<T> {
    try {
      return await plain.call(call)
    } catch (error) {
      if (!(error instanceof HostError) || error.code !== 'auth') throw error
      await readRepository()
      throw missingRight(NAME, call.right)
    }
  }
}

/** It hangs on the pull request: of one context the last one counts. */
function statusOf({ name, state, title, url }: CheckReport) {
  const [genre, ...rest] = name.split('/')
  return {
    state: state === 'running' ? 'pending' : state === 'passed' ? 'succeeded' : 'failed',
    description: title,
    context: rest.length === 0 ? { name } : { genre, name: rest.join('/') },
    ...(url === null ? {} : { targetUrl: url }),
  }
}
