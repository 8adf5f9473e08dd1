import type { Host } from '../host.ts'
import type { HostOptions } from '../host-options.ts'
import { orNull } from '../or-null.ts'
import { pinnedFetch } from '../pinned-fetch.ts'
import { restOf } from '../rest.ts'
import { Branch, Comments, Done, Hooks, Pull, pullRequestOf, Repository } from './answers.ts'
import { ownerRights, rightName } from './rights.ts'

/** What one page holds at most as the services come. */
const PAGE = 50
const EVENTS = ['push', 'pull_request', 'pull_request_sync']

/** Gitea and Forgejo, which share their API. */
export function giteaHost({ apiUrl, repository, token, policy }: HostOptions): Host {
  const shown = new Set([token])
  const rest = restOf({
    name: 'Gitea',
    apiUrl,
    fetch: pinnedFetch(apiUrl, policy),
    signIn: async () => ({ authorization: `token ${token}` }),
    secrets: () => [...shown],
  })
  const repo = `/repos/${repository.split('/').map(encodeURIComponent).join('/')}`
  const base = { absent: 'right', right: rightName('pull-requests') } as const
  const pull = (number: number) => ({
    path: `${repo}/pulls/${number}`,
    right: base.right,
    absent: 'thing' as const,
    thing: `pull request ${number}`,
  })

  return {
    type: 'gitea',
    rights: async () => {
      const { permissions } = await rest.call({
        method: 'GET',
        path: repo,
        answer: Repository,
        right: rightName('read-files'),
        absent: 'thing',
        thing: `repository ${repository}`,
      })
      return ownerRights(permissions ?? { admin: false, push: false })
    },
    isProtected: async (branch) => {
      const found = await orNull(
        rest.call({
          method: 'GET',
          path: `${repo}/branches/${encodeURIComponent(branch)}`,
          answer: Branch,
          right: rightName('read-files'),
          absent: 'thing',
        }),
      )
      return found?.protected === true && !found.user_can_push
    },
    openPullRequest: async ({ from, into, title, body }) =>
      pullRequestOf(
        await rest.call({
          ...base,
          method: 'POST',
          path: `${repo}/pulls`,
          body: { head: from, base: into, title, body },
          answer: Pull,
        }),
      ),
    readPullRequest: async (number) =>
      pullRequestOf(await rest.call({ ...pull(number), method: 'GET', answer: Pull })),
    listPullRequests: async (into) => {
      const query = { state: 'open', limit: PAGE }
      const found = await rest.all({ ...base, path: `${repo}/pulls`, query, answer: Pull.array() })
      return found
        .filter((one) => one.base.ref === into)
        .toSorted((a, b) => b.number - a.number)
        .map(pullRequestOf)
    },
    updatePullRequest: async (number, change) => {
      await rest.call({ ...pull(number), method: 'PATCH', body: change, answer: Done })
    },
    closePullRequest: async (number) => {
      await rest.call({ ...pull(number), method: 'PATCH', body: { state: 'closed' }, answer: Done })
    },
    reportCheck: async ({ name, oid, state, title, url }) => {
      await rest.call({
        method: 'POST',
        path: `${repo}/statuses/${oid}`,
        body: {
          context: name,
          state: state === 'running' ? 'pending' : state === 'passed' ? 'success' : 'failure',
          description: title,
          ...(url === null ? {} : { target_url: url }),
        },
        answer: Done,
        right: rightName('checks'),
        absent: 'right',
      })
    },
    keepComment: async (number, marker, body) => {
      const comments = `${repo}/issues/${number}/comments`
      const found = await rest.call({ ...base, method: 'GET', path: comments, answer: Comments })
      const ours = found.find((comment) => comment.body.startsWith(marker))
      await rest.call({
        ...base,
        ...(ours === undefined
          ? { method: 'POST', path: comments }
          : { method: 'PATCH', path: `${repo}/issues/comments/${ours.id}` }),
        body: { body: `${marker}\n${body}` },
        answer: Done,
      })
    },
    keepWebhook: async ({ url, secret }) => {
      shown.add(secret)
      const hooks = { path: `${repo}/hooks`, right: rightName('webhooks'), absent: 'right' } as const
      const found = await rest.all({ ...hooks, query: { limit: PAGE }, answer: Hooks })
      const ours = found.find(({ config }) => config?.url === url)
      const body = { config: { url, secret, content_type: 'json' }, events: EVENTS, active: true }
      await rest.call({
        ...hooks,
        ...(ours === undefined
          ? { method: 'POST', body: { ...body, type: 'gitea' } }
          : { method: 'PATCH', path: `${repo}/hooks/${ours.id}`, body }),
        answer: Done,
      })
    },
  }
}
