import { isObject, type JsonObject, own } from '../../core/model/json.ts'
import { parsePointer } from '../../core/model/json-pointer.ts'
import { joinSecrets } from '../../core/wire/secret-keys.ts'
import { readSecrets } from '../../store/resource-secrets.ts'
import { getResource, type StoredResource } from '../../store/resources.ts'
import { type Connector, connect } from '../../warehouse/connector.ts'
import type { Context } from '../context.ts'
import { notFound, ProblemError } from '../problem-error.ts'

/** Opens a source, lets it be used, and closes it whatever happens. */
export async function withConnector<T>(
  context: Context,
  source: { readonly type: string; readonly config: JsonObject },
  use: (connector: Connector) => Promise<T>,
): Promise<T> {
  const connector = connect(source.type, source.config, context.warehousePolicy)
  if ('kind' in connector) {
    throw new ProblemError(
      'no-connector',
      `There is no connector for sources of the type ${source.type}: it can be named in models, but not looked into.`,
    )
  }
  try {
    return await use(connector)
  } finally {
    await connector.close()
  }
}

export async function savedSource(
  context: Context,
  workspaceId: string,
  slug: string,
): Promise<{ type: string; config: JsonObject }> {
  const source = await getResource(context.db, workspaceId, 'sources', slug)
  if (source === null) throw notFound(`source "${slug}" in this workspace`)
  const config = own(source.value, 'config')
  if (!isObject(config)) {
    throw new ProblemError(
      'no-connector',
      `The source "${slug}" is not connected yet: fill in its configuration.`,
    )
  }
  return { type: String(source.value.type), config: await withSecrets(context, workspaceId, source, config) }
}

/** `config` with the secrets that are stored for the source put in where it has none itself. */
export async function withSecrets(
  { db, secretKey }: Context,
  workspaceId: string,
  source: StoredResource,
  config: JsonObject,
): Promise<JsonObject> {
  const secrets = await readSecrets(db, secretKey, workspaceId, source.id)
  const missing = [...secrets].map(([pointer, value]) => [parsePointer(pointer), value] as const)
  return joinSecrets(config, missing)
}
