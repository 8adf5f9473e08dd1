import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { AuditChange } from '../../core/audit/audit-changes.ts'
import type { JsonObject } from '../../core/model/json.ts'

export type Role = 'viewer' | 'editor' | 'admin'

export type AuthTables = {
  auth_user: AuthUserTable
  auth_session: AuthSessionTable
  sign_in_failure: SignInFailureTable
  member: MemberTable
  api_key: ApiKeyTable
  invitation: InvitationTable
  audit_log: AuditLogTable
}

/** better-auth's own tables keep its column names; only what we read is typed. */
export type AuthUserTable = {
  id: string
  name: string
  email: string
  commitEmail: string | null
  createdAt: Date
}
export type AuthSessionTable = {
  id: string
  userId: string
  token: string
  createdAt: Date
  expiresAt: Date
  ipAddress: string | null
  userAgent: string | null
}

export type SignInFailureTable = { id: GeneratedAlways<string>; key: string; at: Generated<Date> }

/** A person's role; `workspace_id` null: in every workspace, those to come as well. */
export type MemberTable = {
  id: GeneratedAlways<string>
  user_id: string
  workspace_id: string | null
  role: Role
  created_at: Generated<Date>
}

export type ApiKeyTable = {
  id: string
  name: string
  prefix: string
  hash: Buffer
  role: Role
  workspace_id: string | null
  created_by: string | null
  created_at: Generated<Date>
  expires_at: Date | null
  last_used_at: Date | null
  revoked_at: Date | null
}

export type InvitationTable = {
  id: string
  workspace_id: string
  email: string
  role: Role
  hash: Buffer
  invited_by: string
  created_at: Generated<Date>
  expires_at: Date
  used_at: ColumnType<Date | null, never, Date | null>
  revoked_at: ColumnType<Date | null, never, Date>
}

/** What asked for it: the page, a key, the command line (by what it says of itself), or a run of ours. */
export type AuditOrigin = 'page' | 'api-key' | 'cli' | 'engine'

/** Only ever added to: the database refuses anything else. */
export type AuditLogTable = {
  id: GeneratedAlways<string>
  workspace_id: string | null
  actor_id: string | null
  actor_name: string
  action: string
  subject: string | null
  detail: JsonObject | null
  origin: AuditOrigin | null
  address: string | null
  run_id: string | null
  commit_oid: string | null
  change_set_id: string | null
  changes: ColumnType<readonly AuditChange[], string, never>
  omitted: number
  resources: readonly string[]
  created_at: Generated<Date>
}
