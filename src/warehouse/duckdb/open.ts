import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { quoteLiteral } from '../table-name.ts'
import type { DuckdbTarget } from './target.ts'

/** Enough for a preview of a wide join; the rest of a person's machine stays theirs. */
const LIMITS = { memory_limit: '1GB', threads: '2' }
const MAX_SPILL = '2GB'

/**
 * Opens a database that can only read what it was opened for (Z9): read-only, no file but the source's
 * own, no extension from outside, and a configuration that no statement can change.
 */
export async function openLocked(target: DuckdbTarget, spill: string): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(target.kind === 'database' ? target.path : ':memory:', {
    ...LIMITS,
    ...(target.kind === 'database' ? { access_mode: 'READ_ONLY' } : {}),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  })
  const connection = await instance.connect()
  try {
    await lock(connection, target.kind === 'files' ? target.files.map((file) => file.path) : [], spill)
  } finally {
    connection.closeSync()
  }
  return instance
}

async function lock(connection: DuckDBConnection, paths: readonly string[], spill: string): Promise<void> {
  const statements = [
    `SET GLOBAL temp_directory = ${quoteLiteral(spill)}`,
    `SET GLOBAL max_temp_directory_size = '${MAX_SPILL}'`,
    `SET GLOBAL allowed_paths = [${paths.map(quoteLiteral).join(', ')}]`,
    'SET GLOBAL allow_persistent_secrets = false',
    "SET GLOBAL TimeZone = 'UTC'",
    'SET GLOBAL errors_as_json = true',
    'SET GLOBAL enable_external_access = false',
    'SET GLOBAL lock_configuration = true',
  ]
  for (const statement of statements) await connection.run(statement)
}
