import type { Host } from '../host.ts'
import type { HostOptions } from '../host-options.ts'
import { orNull } from '../or-null.ts'
import { pinnedFetch } from '../pinned-fetch.ts'
import { type RestCall, restOf } from '../rest.ts'
import {
  Branch,
  Comments,
  Done,
  Hooks,
  Installation,
  Pull,
  pullRequestOf,
  Repository,
  Rules,
} from './answers.ts'
import { type AppCredentials, type AppSignIn, appSignIn } from './app-token.ts'
import { reportCheckRun, reportStatus } from './checks.ts'
import { appRights, rightName, type SignedInAs, tokenRights } from './rights.ts'

type Options = Omit<HostOptions, 'token'> &
  (
    | { readonly token: string; readonly app?: never }
    | { readonly app: AppCredentials; readonly token?: never }
  )

const HEADERS = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' }

/** Kinds of rules that refuse a push to the branch itself. */
const BLOCKING_RULES = new Set([
  'pull_request',
  'update',
  'required_status_checks',
  'merge_queue',
  'workflows',
])

/** GitHub, github.com and Enterprise Server alike, by a token or as an App. */
export function githubHost(options: Options): Host {
  const { apiUrl, policy } = options
  const fetch = pinnedFetch(apiUrl, policy)
  const app = options.app === undefined ? null : appSignIn(options.app, apiUrl, fetch)
  const as: SignedInAs = app === null ? 'token' : 'app'
  const shown = new Set([options.app?.privateKey ?? options.token ?? ''])
  const signIn = async () => {
    const token = app === null ? (options.token ?? '') : await app.installationToken()
    shown.add(token)
    return { ...HEADERS, authorization: `Bearer ${token}` }
  }
  const service = { name: 'GitHub', apiUrl, fetch, secrets: () => [...shown] }
  const rest = restOf({ ...service, signIn })
  const repo = `/repos/${options.repository.split('/').map(encodeURIComponent).join('/')}`
  const base = { absent: 'right', right: rightName('pull-requests', as) } as const
  const pull = (number: number): Pick<RestCall<unknown>, 'path' | 'right' | 'absent' | 'thing'> => ({
    path: `${repo}/pulls/${number}`,
    right: base.right,
    absent: 'thing',
    thing: `pull request ${number}`,
  })

  return {
    type: 'github',
    rights: async () => {
      const { value, headers } = await rest.callWithHeaders({
        method: 'GET',
        path: repo,
        answer: Repository,
        right: rightName('read-files', as),
        absent: 'thing',
        thing: `repository ${options.repository}`,
      })
      if (app !== null && options.app !== undefined) return readAppRights(app, options.app)
      const scopes = headers.get('x-oauth-scopes')
      const named = scopes === null ? null : scopes.split(',').map((scope) => scope.trim())
      return tokenRights(named, value.permissions ?? { admin: false, push: false })
    },
    isProtected: async (branch) => {
      const name = encodeURIComponent(branch)
      const read = { method: 'GET', right: rightName('read-files', as), absent: 'thing' } as const
      const [found, rules] = await Promise.all([
        orNull(rest.call({ ...read, path: `${repo}/branches/${name}`, answer: Branch })),
        orNull(rest.call({ ...read, path: `${repo}/rules/branches/${name}`, answer: Rules })),
      ])
      return found?.protected === true || (rules ?? []).some(({ type }) => BLOCKING_RULES.has(type))
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
      const query = { base: into, state: 'open', sort: 'created', direction: 'desc', per_page: 100 }
      const found = await rest.all({ ...base, path: `${repo}/pulls`, query, answer: Pull.array() })
      return found.map(pullRequestOf)
    },
    updatePullRequest: async (number, change) => {
      await rest.call({ ...pull(number), method: 'PATCH', body: change, answer: Done })
    },
    closePullRequest: async (number) => {
      await rest.call({ ...pull(number), method: 'PATCH', body: { state: 'closed' }, answer: Done })
    },
    reportCheck: (report) =>
      app === null ? reportStatus(rest, repo, report) : reportCheckRun(rest, repo, report),
    keepComment: async (number, marker, body) => {
      const comments = `${repo}/issues/${number}/comments`
      const found = await rest.all({ ...base, path: comments, query: { per_page: 100 }, answer: Comments })
      const ours = found.find((comment) => comment.body?.startsWith(marker))
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
      const right = rightName('webhooks', as)
      const hooks = { path: `${repo}/hooks`, right, absent: 'right' } as const
      const found = await rest.all({ ...hooks, query: { per_page: 100 }, answer: Hooks })
      const ours = found.find(({ config }) => config.url === url)
      const body = {
        config: { url, secret, content_type: 'json', insecure_ssl: '0' },
        events: ['push', 'pull_request'],
        active: true,
      }
      await rest.call({
        ...hooks,
        ...(ours === undefined ? { method: 'POST' } : { method: 'PATCH', path: `${repo}/hooks/${ours.id}` }),
        body,
        answer: Done,
      })
    },
  }

  async function readAppRights(signedIn: AppSignIn, { installationId }: AppCredentials) {
    const asApp = restOf({
      ...service,
      signIn: async () => ({ ...HEADERS, authorization: `Bearer ${await signedIn.appToken()}` }),
    })
    const { permissions } = await asApp.call({
      method: 'GET',
      path: `/app/installations/${encodeURIComponent(installationId)}`,
      answer: Installation,
      right: rightName('read-files', as),
      absent: 'thing',
      thing: `installation ${installationId}`,
    })
    return appRights(permissions)
  }
}
