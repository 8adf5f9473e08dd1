import type { ColumnType, Generated } from 'kysely'
import type { JsonObject } from '../../core/model/json.ts'
import type { FileKind } from '../../core/model/kind.ts'
import type { PlanEntry } from '../../core/plan/plan.ts'

type Jsonb<T> = ColumnType<T, string, string>

export type ReviewTables = { review: ReviewTable; review_resource: ReviewResourceTable }

export type ReviewTable = {
  id: string
  connection_id: string
  workspace_id: string
  person_name: string
  person_email: string
  branch: string
  state: 'new' | 'open' | 'merged' | 'closed'
  base_oid: string
  head_oid: string | null
  number: number | null
  url: string | null
  on_host: boolean
  told_oid: string | null
  title: Generated<string>
  changes: ColumnType<readonly PlanEntry[], string | undefined, string>
  alias_blob: string | null
  manifest_blob: string | null
  foreign_oid: string | null
  close_asked_at: Date | null
  created_at: Generated<Date>
  ended_at: Date | null
}

export type ReviewResourceTable = {
  connection_id: string
  resource_id: string
  review_id: string
  kind: FileKind
  slug: string
  path: string
  blob: string | null
  file_value: Jsonb<JsonObject | null> | null
  value: Jsonb<JsonObject | null> | null
  declined: Generated<boolean>
}
