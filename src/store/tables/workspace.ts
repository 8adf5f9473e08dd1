import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { JsonObject } from '../../core/model/json.ts'
import type { Kind } from '../../core/model/kind.ts'

export type WorkspaceTables = {
  workspace: WorkspaceTable
  resource: ResourceTable
  resource_reference: ResourceReferenceTable
  resource_secret: ResourceSecretTable
  deleted_resource: DeletedResourceTable
  change_set: ChangeSetTable
  change: ChangeTable
  promotion: PromotionTable
}

export type WorkspaceTable = {
  id: string
  slug: string
  name: string
  git_sync: Generated<boolean>
  created_at: Generated<Date>
  archived_at: Generated<Date | null>
}

export type ResourceTable = {
  id: GeneratedAlways<string>
  workspace_id: string
  kind: Kind
  slug: string
  value: JsonObject
  revision: Generated<string>
  created_at: Generated<Date>
  updated_at: Generated<Date>
  updated_by: string | null
}

export type ReferenceTarget =
  | 'source'
  | 'destination'
  | 'schema-model'
  | 'model'
  | 'relationship'
  | 'contract'

export type ResourceReferenceTable = {
  from_id: string
  workspace_id: string
  field: string
  target: ReferenceTarget
  slug: string
}

export type ResourceSecretTable = {
  resource_id: string
  name: string
  ciphertext: Buffer
}

export type DeletedResourceTable = {
  id: string
  workspace_id: string
  kind: Kind
  slug: string
  value: JsonObject
  deleted_at: Generated<Date>
  deleted_by: string | null
}

export type ChangeSetTable = {
  id: GeneratedAlways<string>
  workspace_id: string
  kind: string
  message: string | null
  /** Of a rollback: the commit that it goes back to. */
  rollback_to: ColumnType<string | null, string | null | undefined, string | null>
  actor_id: string | null
  actor_name: string
  actor_email: string
  created_at: Generated<Date>
}

/** A change set that gave a workspace what another one has. */
export type PromotionTable = {
  change_set_id: string
  workspace_id: string
  from_slug: string
  undone_by: ColumnType<string | null, string | null | undefined, string | null>
}

export type ChangeTable = {
  id: GeneratedAlways<string>
  change_set_id: string
  workspace_id: string
  resource_id: string
  kind: Kind
  slug: string
  before: JsonObject | null
  after: JsonObject | null
  merged: ColumnType<JsonObject | null, string | null | undefined, string | null>
  settled_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  commit_oid: string | null
}
