import {
  type Connection,
  type ConnectionInput,
  type CredentialsInput,
  POLL_SECONDS_DEFAULT,
  POLL_SECONDS_MAX,
} from '../../core/wire/git.ts'
import { wellKnownHost } from '../words/commit-url.ts'
import { formatNumber } from '../words/count.ts'

export const STEPS = ['credentials', 'repository', 'plan', 'done'] as const
export type Step = (typeof STEPS)[number]
export const STEP_WORDS: Readonly<Record<Step, string>> = {
  credentials: 'Credentials',
  repository: 'Repository',
  plan: 'First sync',
  done: 'Done',
}

/** What the wizard's forms hold. Secrets stay in memory: a page that is left asks for them again. */
export type ConnectDraft = {
  readonly access: CredentialsInput['type']
  /** The service whose API is used; empty: by the name of its server. */
  readonly host: HostChoice
  /** Where that API is; empty: where the service has it. */
  readonly apiUrl: string
  readonly appId: string
  readonly installationId: string
  readonly username: string
  readonly token: string
  readonly privateKey: string
  readonly knownHosts: string
  readonly url: string
  readonly branch: string
  readonly path: string
  /** The slug of the workspace whose manifest and alias file become this workspace's; empty: its own. */
  readonly adopt: string
  /** As it is typed. */
  readonly pollSeconds: string
  /** What comes in from Git waits for an admin's consent (S19). */
  readonly approval: boolean
  /** What is saved goes to a review of its author (S21). */
  readonly review: boolean
}

export type HostChoice = '' | Connection['host']['type']

export const EMPTY_DRAFT: ConnectDraft = {
  access: 'token',
  host: '',
  apiUrl: '',
  appId: '',
  installationId: '',
  username: '',
  token: '',
  privateKey: '',
  knownHosts: '',
  url: '',
  branch: 'main',
  path: '',
  adopt: '',
  pollSeconds: String(POLL_SECONDS_DEFAULT),
  approval: false,
  review: false,
}

/** The form of a stored connection, to change it; its secrets stay where they are. */
export function draftOf(connection: Connection): ConnectDraft {
  const { url, branch, path, adopt, pollSeconds, approval, credentials, host } = connection
  const isByName = host.apiUrl === undefined && host.type === (wellKnownHost(url) ?? 'none')
  return {
    ...EMPTY_DRAFT,
    url,
    branch,
    path,
    adopt: adopt ?? '',
    pollSeconds: String(pollSeconds),
    approval,
    review: connection.mode === 'review',
    access: credentials.type,
    host: isByName ? '' : host.type,
    apiUrl: host.apiUrl ?? '',
    appId: credentials.type === 'github-app' ? credentials.appId : '',
    installationId: credentials.type === 'github-app' ? credentials.installationId : '',
    username: credentials.type === 'token' ? (credentials.username ?? '') : '',
    knownHosts: credentials.type === 'ssh' ? credentials.knownHosts : '',
  }
}

export function inputOf(draft: ConnectDraft): ConnectionInput {
  return {
    url: draft.url.trim(),
    branch: draft.branch.trim(),
    path: draft.path.trim(),
    adopt: draft.adopt.trim() || null,
    pollSeconds: Number(draft.pollSeconds),
    approval: draft.approval,
    mode: draft.review ? 'review' : 'direct',
    host: hostOf(draft),
    credentials: credentialsOf(draft),
  }
}

function hostOf({ host, apiUrl }: ConnectDraft): NonNullable<ConnectionInput['host']> | null {
  if (host === '') return null
  return { type: host, ...(apiUrl.trim() === '' ? {} : { apiUrl: apiUrl.trim() }) }
}

function credentialsOf(draft: ConnectDraft): CredentialsInput {
  const { access, username, token, privateKey, knownHosts, appId, installationId } = draft
  const key = privateKey === '' ? {} : { privateKey }
  switch (access) {
    case 'none':
      return { type: 'none' }
    case 'token':
      return { type: 'token', ...(username === '' ? {} : { username }), ...(token === '' ? {} : { token }) }
    case 'ssh':
      return { type: 'ssh', knownHosts, ...key }
    case 'github-app':
      return { type: 'github-app', appId: appId.trim(), installationId: installationId.trim(), ...key }
  }
}

/** Where the wizard goes on: a stored connection that never synced waits at its plan. */
export function firstStep(connection: Connection | null): Step {
  return connection?.status.state === 'never-synced' ? 'plan' : 'credentials'
}

/** What is wrong with the pause between two looks at the branch; null when it is right. */
export function pollFault({ pollSeconds }: Pick<ConnectDraft, 'pollSeconds'>): string | null {
  const right = /^\d+$/.test(pollSeconds) && Number(pollSeconds) <= POLL_SECONDS_MAX
  return right
    ? null
    : `Expected a whole number of seconds, from 0 (off) to ${formatNumber(POLL_SECONDS_MAX)}`
}

/** What a step still needs; null when it is whole. */
export function missingIn(step: Step, draft: ConnectDraft, stored: Connection | null): string | null {
  if (step === 'credentials') {
    const kept = stored?.credentials.type === draft.access
    if (draft.access === 'token' && draft.token === '' && !kept) return 'Still missing: access token'
    if (draft.access === 'github-app') {
      if (draft.appId.trim() === '') return 'Still missing: App ID'
      if (!/^\d+$/.test(draft.installationId.trim())) return 'Still missing: installation ID, a number'
    }
    const hasKey = draft.access === 'ssh' || draft.access === 'github-app'
    if (hasKey && draft.privateKey.trim() === '' && !kept) return 'Still missing: private key'
    if (draft.access === 'ssh' && draft.knownHosts.trim() === '') return 'Still missing: known hosts'
  }
  if (step === 'repository') {
    if (draft.url.trim() === '') return 'Still missing: repository URL'
    if (draft.branch.trim() === '') return 'Still missing: branch'
    return pollFault(draft)
  }
  return null
}
