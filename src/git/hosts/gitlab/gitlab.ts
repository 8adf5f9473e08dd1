import type { CheckReport, Host } from '../host.ts'
import { HostError } from '../host-error.ts'
import type { HostOptions } from '../host-options.ts'
import { orNull } from '../or-null.ts'
import { pinnedFetch } from '../pinned-fetch.ts'
import { type Rest, restOf } from '../rest.ts'
import { Branch, Done, Hooks, Notes, Project, Pull, pullRequestOf, Token } from './answers.ts'
import { rightName, tokenRights } from './rights.ts'

const PAGE = 100
const DESCRIPTION_MAX = 255

/** GitLab, gitlab.com and servers of one's own alike, by a project, group or personal access token. */
export function gitlabHost({ apiUrl, repository, token, policy }: HostOptions): Host {
  const shown = new Set([token])
  const rest = restOf({
    name: 'GitLab',
    apiUrl,
    fetch: pinnedFetch(apiUrl, policy),
    signIn: async () => ({ authorization: `Bearer ${token}` }),
    secrets: () => [...shown],
  })
  const project = `/projects/${encodeURIComponent(repository)}`
  const read = { method: 'GET', right: rightName('read-files'), absent: 'thing' } as const
  const base = { absent: 'right', right: rightName('pull-requests') } as const
  const pull = (number: number) => ({
    path: `${project}/merge_requests/${number}`,
    right: base.right,
    absent: 'thing' as const,
    thing: `merge request ${number}`,
  })

  return {
    type: 'gitlab',
    rights: async () => {
      const { permissions } = await rest.call({
        ...read,
        path: project,
        answer: Project,
        thing: `project ${repository}`,
      })
      const levels = [permissions?.project_access, permissions?.group_access].flatMap((one) =>
        one ? [one.access_level] : [],
      )
      return tokenRights(await scopesOf(rest), levels.length > 0 ? Math.max(...levels) : null)
    },
    isProtected: async (branch) => {
      const path = `${project}/repository/branches/${encodeURIComponent(branch)}`
      const found = await orNull(rest.call({ ...read, path, answer: Branch }))
      return found?.protected === true && !found.can_push
    },
    openPullRequest: async ({ from, into, title, body }) =>
      pullRequestOf(
        await rest.call({
          ...base,
          method: 'POST',
          path: `${project}/merge_requests`,
          body: { source_branch: from, target_branch: into, title, description: body },
          answer: Pull,
        }),
      ),
    readPullRequest: async (number) =>
      pullRequestOf(await rest.call({ ...pull(number), method: 'GET', answer: Pull })),
    listPullRequests: async (into) => {
      const query = {
        target_branch: into,
        state: 'opened',
        order_by: 'created_at',
        sort: 'desc',
        per_page: PAGE,
      }
      const path = `${project}/merge_requests`
      const found = await rest.all({ ...base, path, query, answer: Pull.array() })
      return found.map(pullRequestOf).toSorted((a, b) => b.number - a.number)
    },
    updatePullRequest: async (number, { title, body }) => {
      const change = { title, description: body }
      await rest.call({ ...pull(number), method: 'PUT', body: change, answer: Done })
    },
    closePullRequest: async (number) => {
      await rest.call({ ...pull(number), method: 'PUT', body: { state_event: 'close' }, answer: Done })
    },
    reportCheck: (report) => reportStatus(rest, project, report),
    keepComment: async (number, marker, body) => {
      const notes = `${project}/merge_requests/${number}/notes`
      const found = await rest.all({ ...base, path: notes, query: { per_page: PAGE }, answer: Notes })
      const ours = found.find((note) => note.body.startsWith(marker))
      await rest.call({
        ...base,
        ...(ours === undefined
          ? { method: 'POST', path: notes }
          : { method: 'PUT', path: `${notes}/${ours.id}` }),
        body: { body: `${marker}\n${body}` },
        answer: Done,
      })
    },
    keepWebhook: async ({ url, secret }) => {
      shown.add(secret)
      const hooks = { path: `${project}/hooks`, right: rightName('webhooks'), absent: 'right' } as const
      const found = await rest.all({ ...hooks, query: { per_page: PAGE }, answer: Hooks })
      const ours = found.find((hook) => hook.url === url)
      await rest.call({
        ...hooks,
        ...(ours === undefined ? { method: 'POST' } : { method: 'PUT', path: `${hooks.path}/${ours.id}` }),
        body: {
          url,
          token: secret,
          push_events: true,
          merge_requests_events: true,
          enable_ssl_verification: true,
        },
        answer: Done,
      })
    },
  }
}

/** Null: an old server, or one that does not tell this token. */
async function scopesOf(rest: Rest): Promise<readonly string[] | null> {
  try {
    const { scopes } = await rest.call({
      method: 'GET',
      path: '/personal_access_tokens/self',
      answer: Token,
      right: rightName('read-files'),
      absent: 'right',
    })
    return scopes ?? null
  } catch (error) {
    if (error instanceof HostError && (error.code === 'missing-right' || error.code === 'refused'))
      return null
    throw error
  }
}

async function reportStatus(
  rest: Rest,
  project: string,
  { name, oid, state, title, url }: CheckReport,
): Promise<void> {
  try {
    await rest.call({
      method: 'POST',
      path: `${project}/statuses/${oid}`,
      body: {
        name,
        state: state === 'running' ? 'running' : state === 'passed' ? 'success' : 'failed',
        description: title.slice(0, DESCRIPTION_MAX),
        ...(url === null ? {} : { target_url: url }),
      },
      answer: Done,
      right: rightName('checks'),
      absent: 'right',
    })
  } catch (error) {
    // GitLab refuses to be told what it shows already.
    const isSaid = error instanceof HostError && error.code === 'refused' && /transition/i.test(error.message)
    if (!isSaid) throw error
  }
}
