import * as z from 'zod'

export const POLL_SECONDS_DEFAULT = 60
export const POLL_SECONDS_MAX = 3600

/** What goes in. A secret that is absent keeps the stored one, as long as url and type stay. */
export const CredentialsInput = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({
    type: z.literal('token'),
    username: z.string().max(500).optional(),
    token: z.string().min(1).max(10_000).optional(),
  }),
  z.strictObject({
    type: z.literal('ssh'),
    privateKey: z.string().min(1).max(100_000).optional(),
    knownHosts: z.string().min(1).max(100_000),
  }),
  z.strictObject({
    type: z.literal('github-app'),
    appId: z.string().regex(/^[\w.-]{1,100}$/, { error: 'Expected the App ID, a number, or its client ID' }),
    installationId: z.string().regex(/^\d{1,20}$/, { error: 'Expected the number of the installation' }),
    /** The .pem file that GitHub made. */
    privateKey: z.string().min(1).max(100_000).optional(),
  }),
])
export type CredentialsInput = z.infer<typeof CredentialsInput>

/** What comes out: no secret in it (Z4). */
export const CredentialsAnswer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('token'), username: z.string().optional() }),
  z.object({ type: z.literal('ssh'), knownHosts: z.string() }),
  z.object({ type: z.literal('github-app'), appId: z.string(), installationId: z.string() }),
])
export type CredentialsAnswer = z.infer<typeof CredentialsAnswer>

export const HOST_TYPES = ['github', 'gitlab', 'gitea', 'bitbucket', 'azure-devops', 'none'] as const
export const HostWire = z.strictObject({ type: z.enum(HOST_TYPES), apiUrl: z.url().optional() })

/** Saves go to the branch itself, or each person's to a branch with a pull request (S21). */
export const MODES = ['direct', 'review'] as const
export const FIRST_SYNC = ['ask', 'workspace', 'git'] as const
const author = z.strictObject({ name: z.string().min(1).max(200), email: z.string().min(1).max(320) })

const settings = {
  branch: z.string().min(1).max(1000),
  path: z.string().max(1000),
  mode: z.enum(MODES),
  pollSeconds: z.int().min(0).max(POLL_SECONDS_MAX),
  host: HostWire,
  /** Inbound changes wait for an admin's consent (S19). */
  approval: z.boolean(),
  batchSeconds: z.int().min(0).max(3600),
  shared: z.boolean(),
  adopt: z.string().min(1).max(255),
  startFrom: z.string().min(1).max(1000),
  firstSync: z.enum(FIRST_SYNC),
  author,
}

/** PUT and test. Everything but `url` has a default, or keeps what is stored. */
export const ConnectionInput = z.strictObject({
  url: z.string().min(1).max(4096),
  credentials: CredentialsInput.optional(),
  branch: settings.branch.optional(),
  path: settings.path.optional(),
  mode: settings.mode.optional(),
  pollSeconds: settings.pollSeconds.optional(),
  /** Null: by the name of the server. */
  host: settings.host.nullable().optional(),
  approval: settings.approval.optional(),
  batchSeconds: settings.batchSeconds.optional(),
  shared: settings.shared.optional(),
  adopt: settings.adopt.nullable().optional(),
  startFrom: settings.startFrom.nullable().optional(),
  firstSync: settings.firstSync.optional(),
  author: settings.author.nullable().optional(),
})
export type ConnectionInput = z.infer<typeof ConnectionInput>

/** What the credentials may do at the host, beyond git itself. */
export const HostRights = z.object({
  type: z.enum(['github', 'gitlab', 'gitea', 'bitbucket', 'azure-devops']),
  rights: z.array(
    z.object({
      right: z.enum(['read-files', 'write-files', 'pull-requests', 'checks', 'webhooks']),
      /** Null: the host does not tell before it is used. */
      granted: z.boolean().nullable(),
      /** What it is called where it is granted. */
      name: z.string(),
    }),
  ),
  /** Why its API could not be asked; null: it answered. */
  problem: z.string().nullable(),
})
export type HostRights = z.infer<typeof HostRights>

/** `code` names what failed (unreachable, auth, not-found, host-key, refused-by-policy, …). */
export const GitTest = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ok'),
    /** The branch's commit; null when the branch is made by the first sync. */
    head: z.string().nullable(),
    branches: z.array(z.string()),
    defaultBranch: z.string().nullable(),
    /** May we write? Null where that shows only when pushing. */
    canWrite: z.boolean().nullable(),
    /** Null: the host has no API that is used. */
    host: HostRights.nullable(),
    message: z.string(),
  }),
  z.object({ state: z.literal('failed'), code: z.string(), message: z.string() }),
])
export type GitTest = z.infer<typeof GitTest>

export const GIT_STATUS = [
  'never-synced',
  'in-sync',
  'ahead',
  'behind',
  'syncing',
  'conflicts',
  'blocked',
  'held',
  'failed',
  'off',
] as const

/** State at a glance (W5). */
export const GitStatus = z.object({
  state: z.enum(GIT_STATUS),
  /** The last commit that both sides agreed on. */
  syncedCommit: z.string().nullable(),
  syncedAt: z.iso.datetime().nullable(),
  /** The last commit that brought something in, and the last that we pushed. */
  lastInbound: z.object({ oid: z.string(), at: z.iso.datetime() }).nullable(),
  lastOutbound: z
    .object({ oid: z.string(), subject: z.string(), author: z.string(), at: z.iso.datetime() })
    .nullable(),
  /** Saves on their way, open conflicts, files waiting for a name, files set aside. */
  waiting: z.int(),
  conflicts: z.int(),
  pending: z.int(),
  aside: z.int(),
  /** Files that use the old name of a resource that was renamed in Git; mending them is one commit. */
  forwards: z.int(),
  /** Open reviews: what people saved and nobody has merged yet. */
  reviews: z.int(),
  lastRun: z.string().nullable(),
  /** The run whose plan waits for consent; null: none. */
  heldRun: z.string().nullable(),
})
export type GitStatus = z.infer<typeof GitStatus>

export const Connection = z.object({
  id: z.string(),
  url: z.string(),
  branch: z.string(),
  path: z.string(),
  mode: z.enum(MODES),
  pollSeconds: z.int(),
  credentials: CredentialsAnswer,
  host: HostWire,
  approval: z.boolean(),
  batchSeconds: z.int(),
  shared: z.boolean(),
  adopt: z.string().nullable(),
  startFrom: z.string().nullable(),
  firstSync: z.enum(FIRST_SYNC),
  author: author.nullable(),
  status: GitStatus,
  /** What the test after PUT found; absent in GET. */
  test: GitTest.optional(),
})
export type Connection = z.infer<typeof Connection>

export const SyncRequest = z.strictObject({
  full: z.boolean().optional(),
  dryRun: z.boolean().optional(),
  verify: z.boolean().optional(),
  waitSeconds: z.number().min(0).max(600).optional(),
})
export type SyncRequest = z.infer<typeof SyncRequest>

export const AliasesWire = z.strictObject({
  sources: z.record(z.string(), z.string()).default({}),
  destinations: z.record(z.string(), z.string()).default({}),
})
export type AliasesWire = z.infer<typeof AliasesWire>
