import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { AliasRename } from '../../core/environments/rename-alias.ts'
import type { MergeField } from '../../core/merge/merge-field.ts'
import type { Diagnostic } from '../../core/model/diagnostic.ts'
import type { Json, JsonObject } from '../../core/model/json.ts'
import type { FileKind } from '../../core/model/kind.ts'

export type GitTables = {
  worker: WorkerTable
  connection: ConnectionTable
  sync_state: SyncStateTable
  base: BaseTable
  forward: ForwardTable
  open_file: OpenFileTable
  run: RunTable
  commit_record: CommitRecordTable
  commit_write: CommitWriteTable
  conflict: ConflictTable
  webhook_delivery: WebhookDeliveryTable
  pull_plan: PullPlanTable
  allowed_secret: AllowedSecretTable
}

export type WorkerTable = {
  id: string
  place: string
  pid: number
  job_workers: Generated<string[]>
  seen_at: Generated<Date>
}

/** A jsonb column that is written as JSON text: node-postgres would send an array as a PostgreSQL array. */
export type Jsonb<T> = ColumnType<T, string, string>

export type ConnectionTable = {
  id: string
  workspace_id: string
  url: string
  branch: string
  path: string
  mode: 'direct' | 'review'
  poll_seconds: number
  batch_seconds: number
  approval: boolean
  shared: boolean
  adopt: string | null
  start_from: string | null
  first_sync: 'ask' | 'workspace' | 'git'
  author: Jsonb<{ name: string; email: string } | null> | null
  host: Jsonb<JsonObject | null> | null
  credentials_type: 'none' | 'token' | 'ssh' | 'github-app'
  credentials_public: Jsonb<JsonObject>
  credentials: Buffer | null
  active_since: Date | null
  webhook_secret: Buffer | null
  webhook_secret_at: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export type StoredAliases = { sources: Record<string, string>; destinations: Record<string, string> }

export type SyncStateTable = {
  connection_id: string
  head: string | null
  seen_head: string | null
  /** The newest of our commits when `head` was applied: later ones may lie on top of it. */
  last_commit: string | null
  had_files: Generated<boolean>
  aliases: Jsonb<StoredAliases>
  alias_blob: string | null
  wanted_aliases: Jsonb<StoredAliases> | null
  wanted_aliases_set: string | null
  manifest_blob: string | null
  stopped: Generated<boolean>
  held_run: string | null
  held: ColumnType<string[], string | undefined, string>
  lease_owner: string | null
  lease_until: Date | null
  fence: Generated<string>
  failures: Generated<number>
}

export type BaseTable = {
  connection_id: string
  resource_id: string
  kind: FileKind
  slug: string
  path: string
  blob: string
  /** Null: the same as the base's value. */
  file_value: Jsonb<JsonObject> | null
  /** Null: the change has it. */
  value: Jsonb<JsonObject> | null
  change_id: string | null
  commit_oid: string | null
  /** Keys of the forwards that the file uses. */
  forwards: ColumnType<readonly string[], string | undefined, string>
}

export type ForwardTable = { connection_id: string; kind: FileKind; slug: string; resource_id: string }

export type OpenFileTable = {
  connection_id: string
  path: string
  blob: string | null
  kind: FileKind
  slug: string
  state: 'aside' | 'pending' | 'conflict' | 'waiting'
  errors: Jsonb<readonly string[]>
  reason: string
  forwards: ColumnType<readonly string[], string | undefined, string>
}

export type RunState = 'queued' | 'running' | 'succeeded' | 'failed' | 'held' | 'nothing-to-do'
export type RunTrigger = 'first' | 'save' | 'poll' | 'webhook' | 'manual'
export type RunDirection = 'INBOUND' | 'OUTBOUND' | 'BOTH'
/**
 * What somebody consented to (S16). `head`: the commit that it was, whose state alone is applied; null for
 * what goes out. `dropped`: what becomes of what a rewritten history dropped.
 */
export type Approval = { digest: string; head: string | null; dropped?: 'send' | 'give-up' | undefined }
export type RunOptions = {
  full: boolean
  verify: boolean
  dryRun: boolean
  approval?: Approval
  /** Put the last good version back on top of a commit with errors (S14). */
  putBack?: boolean
  /** Files whose new errors are no obstacle any more (S14). */
  setAside?: readonly string[]
  /** Write the present names into files that use old ones (S18). */
  mend?: boolean
  /** Give an alias another name in every file (E6). */
  renameAlias?: AliasRename
}
export type RunPhase = { name: string; done: number; total: number; ms: number }
export type RunCounts = {
  inbound: number
  outbound: number
  conflicts: number
  held: number
  aside: number
  pending: number
}
export type RunProblem = { code: string; message: string; hint: string | null }

export type RunTable = {
  id: string
  connection_id: string | null
  workspace_id: string
  direction: RunDirection
  trigger: RunTrigger
  state: RunState
  options: Jsonb<RunOptions>
  actor_id: string | null
  actor_name: string
  actor_email: string
  head: string | null
  phases: ColumnType<RunPhase[], string | undefined, string>
  counts: Jsonb<RunCounts>
  diagnostics: ColumnType<Diagnostic[], string | undefined, string>
  plan: Jsonb<Json> | null
  problem: Jsonb<RunProblem> | null
  queued_at: Generated<Date>
  started_at: Date | null
  finished_at: Date | null
}

export type CommitRecordTable = {
  id: GeneratedAlways<string>
  connection_id: string | null
  run_id: string
  oid: string
  subject: string
  author_name: string
  author_email: string
  state: 'recorded' | 'pushed' | 'lost'
  change_ids: string[]
  alias_blob: string | null
  aliases: Jsonb<StoredAliases> | null
  manifest_blob: string | null
  /** Null: it is of the synced branch. */
  review_id: string | null
  /** Of a review's: the commit of the synced branch that it was made on. */
  review_base: string | null
}

export type CommitWriteTable = {
  commit_id: string
  resource_id: string
  kind: FileKind
  slug: string
  path: string
  blob: string | null
  /** Null beside a blob: the same as `value`. */
  file_value: Jsonb<JsonObject> | null
  /** Null beside a blob: that of the change. */
  value: Jsonb<JsonObject> | null
  change_id: string | null
}

export type ConflictTable = {
  id: GeneratedAlways<string>
  connection_id: string
  workspace_id: string
  resource_id: string | null
  kind: FileKind
  slug: string
  path: string | null
  base: Jsonb<JsonObject> | null
  ours: Jsonb<JsonObject> | null
  theirs: Jsonb<JsonObject> | null
  ours_version: string
  theirs_version: string
  theirs_file_value: Jsonb<JsonObject> | null
  fields: Jsonb<Json>
  choices: ColumnType<readonly MergeField[], string | undefined, string>
  is_first: Generated<boolean>
  causes: Jsonb<Json>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export type WebhookDeliveryTable = {
  connection_id: string
  digest: Buffer
  received_at: Generated<Date>
}

export type PullPlanTable = {
  connection_id: string
  number: number
  head: string
  branch_head: string
  planned_at: Generated<Date>
}

export type AllowedSecretTable = {
  workspace_id: string
  resource_id: string
  path: string
  digest: string
  allowed_by: string
  allowed_at: Generated<Date>
}
