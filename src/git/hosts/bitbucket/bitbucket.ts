import { createHash } from 'node:crypto'
import type { Host } from '../host.ts'
import { HostError } from '../host-error.ts'
import type { HostOptions } from '../host-options.ts'
import { orNull } from '../or-null.ts'
import { pinnedFetch } from '../pinned-fetch.ts'
import { restOf } from '../rest.ts'
import {
  Comment,
  Commit,
  Done,
  Hook,
  isFork,
  Pull,
  pullRequestOf,
  Repository,
  Restriction,
} from './answers.ts'
import { allPages } from './pages.ts'
import { RESTRICTIONS, rightName, tokenRights } from './rights.ts'

const KEY_MAX = 40
const TEXT_MAX = 255
const EVENTS = ['repo:push', 'pullrequest:created', 'pullrequest:updated', 'pullrequest:fulfilled']

/** Bitbucket Cloud, by an access token. Data Center has another API. */
export function bitbucketHost({ apiUrl, repository, token, policy }: HostOptions): Host {
  const shown = new Set([token])
  const rest = restOf({
    name: 'Bitbucket',
    apiUrl,
    fetch: pinnedFetch(apiUrl, policy),
    signIn: async () => ({ authorization: `Bearer ${token}` }),
    secrets: () => [...shown],
  })
  const repo = `/repositories/${repository.split('/').map(encodeURIComponent).join('/')}`
  const read = { right: rightName('read-files'), absent: 'thing' } as const
  const base = { absent: 'right', right: rightName('pull-requests') } as const
  const pull = (number: number) => ({
    path: `${repo}/pullrequests/${number}`,
    right: base.right,
    absent: 'thing' as const,
    thing: `pull request ${number}`,
  })
  const wholeNames = new Map<string, string>()
  const listOpen = () =>
    allPages(rest, { ...base, path: `${repo}/pullrequests`, query: { state: 'OPEN' }, answer: Pull })

  return {
    type: 'bitbucket',
    rights: async () => {
      const thing = `repository ${repository}`
      const { headers } = await rest.callWithHeaders({
        ...read,
        method: 'GET',
        path: repo,
        answer: Repository,
        thing,
      })
      return tokenRights(
        headers
          .get('x-oauth-scopes')
          ?.split(',')
          .map((one) => one.trim()) ?? null,
      )
    },
    isProtected: async (branch) => {
      const found = await allPages(rest, {
        path: `${repo}/branch-restrictions`,
        query: {},
        answer: Restriction,
        right: RESTRICTIONS,
        absent: 'right',
      })
      return found.some(({ kind, pattern }) => kind === 'push' && globOf(pattern).test(branch))
    },
    openPullRequest: async ({ from, into, title, body }) => {
      // Asked for again, Bitbucket would change the one that is there.
      const there = (await listOpen()).find(
        (one) => one.source.branch.name === from && one.destination.branch.name === into && !isFork(one),
      )
      if (there !== undefined) {
        throw new HostError('refused', `At Bitbucket pull request ${there.id} from ${from} already exists.`)
      }
      const source = { branch: { name: from } }
      const destination = { branch: { name: into } }
      const sent = { title, description: body, source, destination }
      return whole(
        await rest.call({
          ...base,
          method: 'POST',
          path: `${repo}/pullrequests`,
          body: sent,
          answer: Pull,
        }),
      )
    },
    readPullRequest: async (number) =>
      whole(await rest.call({ ...pull(number), method: 'GET', answer: Pull })),
    listPullRequests: async (into) => {
      const found = (await listOpen()).filter((one) => one.destination.branch.name === into)
      return Promise.all(found.toSorted((a, b) => b.id - a.id).map(whole))
    },
    updatePullRequest: async (number, { title, body }) => {
      const change = { title, description: body }
      await rest.call({ ...pull(number), method: 'PUT', body: change, answer: Done })
    },
    closePullRequest: async (number) => {
      const { path, ...about } = pull(number)
      await rest.call({ ...about, method: 'POST', path: `${path}/decline`, body: {}, answer: Done })
    },
    reportCheck: async ({ name, oid, state, title, url, pullRequest }) => {
      await rest.call({
        method: 'POST',
        path: `${repo}/commit/${oid}/statuses/build`,
        body: {
          key: name.length <= KEY_MAX ? name : createHash('sha1').update(name).digest('hex'),
          name: name.slice(0, TEXT_MAX),
          state: state === 'running' ? 'INPROGRESS' : state === 'passed' ? 'SUCCESSFUL' : 'FAILED',
          description: title.slice(0, TEXT_MAX),
          // Bitbucket takes none without an address.
          url: url ?? `https://bitbucket.org/${repository}/pull-requests/${pullRequest}`,
        },
        answer: Done,
        right: rightName('checks'),
        absent: 'right',
      })
    },
    keepComment: async (number, marker, body) => {
      const comments = `${repo}/pullrequests/${number}/comments`
      const line = hidden(marker)
      const found = await allPages(rest, { ...base, path: comments, answer: Comment })
      const ours = found.find(({ content }) => content.raw.startsWith(line))
      await rest.call({
        ...base,
        ...(ours === undefined
          ? { method: 'POST', path: comments }
          : { method: 'PUT', path: `${comments}/${ours.id}` }),
        body: { content: { raw: `${line}\n\n${body}` } },
        answer: Done,
      })
    },
    keepWebhook: async ({ url, secret }) => {
      shown.add(secret)
      const hooks = { path: `${repo}/hooks`, right: rightName('webhooks'), absent: 'right' } as const
      const ours = (await allPages(rest, { ...hooks, answer: Hook })).find((hook) => hook.url === url)
      const id = encodeURIComponent(ours?.uuid ?? '')
      await rest.call({
        ...hooks,
        ...(ours === undefined ? { method: 'POST' } : { method: 'PUT', path: `${hooks.path}/${id}` }),
        body: { description: 'Tandem', url, secret, active: true, events: EVENTS },
        answer: Done,
      })
    },
  }

  async function whole(found: Pull) {
    const oid = await wholeName(found.source.commit?.hash ?? '')
    return pullRequestOf(found, oid, found.merge_commit ? await wholeName(found.merge_commit.hash) : null)
  }

  /** A fork's commits are not in this repository, and stay as short as they came. */
  async function wholeName(short: string): Promise<string> {
    const known = wholeNames.get(short)
    if (known !== undefined || short === '') return known ?? short
    const asked = rest.call({ ...read, method: 'GET', path: `${repo}/commit/${short}`, answer: Commit })
    const name = (await orNull(asked))?.hash ?? short
    wholeNames.set(short, name)
    return name
  }
}

/** Bitbucket shows HTML comments as text; the name of a link that nothing uses is shown to nobody. */
function hidden(marker: string): string {
  return `[//]: # (${marker.replaceAll(/<!--\s*|\s*-->/g, '')})`
}

function globOf(pattern: string): RegExp {
  const literal = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${pattern.split(/\*+/).map(literal).join('.*')}$`)
}
