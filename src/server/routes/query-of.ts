import { own } from '../../core/model/json.ts'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { QueryWire } from '../../core/wire/source.ts'
import type { Db } from '../../store/database.ts'
import { getResource } from '../../store/resources.ts'
import type { Workspace } from '../../store/workspaces.ts'
import type { ModelQuery } from '../../warehouse/connector.ts'
import type { Actor } from '../auth/actor.ts'
import { authorize } from '../auth/authorize.ts'
import { notFound, ProblemError } from '../problem-error.ts'

/** What a preview runs. A saved model may be looked at by whoever reads; a query that was sent needs more. */
export async function queryOf(
  db: Db,
  who: { readonly actor: Actor; readonly workspace: Workspace },
  source: string,
  query: QueryWire,
): Promise<ModelQuery> {
  if (query.type !== 'saved') {
    authorize(who.actor, 'source.query', who.workspace)
    return query
  }
  const model = await getResource(db, who.workspace.id, query.kind, query.slug)
  if (model === null || own(model.value, 'source') !== source) {
    throw notFound(`${KIND_WORDS[query.kind]} "${query.slug}" on the source "${source}"`)
  }
  const { type, tableName, rawSql } = model.value
  if (type === 'table' && typeof tableName === 'string') return { type, tableName }
  if (type === 'raw_sql' && typeof rawSql === 'string') return { type, rawSql }
  throw new ProblemError(
    'no-connector',
    `The ${KIND_WORDS[query.kind]} "${query.slug}" is neither a table nor SQL: its rows cannot be shown.`,
  )
}
