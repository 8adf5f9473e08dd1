import { stat } from 'node:fs/promises'
import { type JsonObject, own } from '../../core/model/json.ts'
import type { WarehousePolicy } from '../connector.ts'
import { resolveUnderRoots } from '../file-roots.ts'
import { WarehouseError } from '../warehouse-error.ts'
import { type FileTable, fileTable, listFileTables } from './file-tables.ts'

/** What a DuckDB process opens. Paths are real ones, checked against the roots. */
export type DuckdbTarget =
  | { readonly kind: 'memory' }
  | { readonly kind: 'database'; readonly path: string }
  | { readonly kind: 'files'; readonly files: readonly FileTable[] }

/** `version` changes whenever the files do, so that an open process is never older than its files. */
export type VersionedTarget = { readonly target: DuckdbTarget; readonly version: string }

const DATABASE_FILE = /\.(duckdb|ddb|db)$/i

/** Looked up at each use: a folder's files come and go. */
export async function findTarget(config: JsonObject, policy: WarehousePolicy): Promise<VersionedTarget> {
  const given = own(config, 'path')
  if (given === undefined || given === null || given === '' || given === ':memory:') {
    return { target: { kind: 'memory' }, version: 'memory' }
  }
  if (typeof given !== 'string') {
    throw new WarehouseError({ code: 'config', message: 'The path of a DuckDB source must be a text.' })
  }
  const found = await resolveUnderRoots(given, policy)
  refusePattern(found.path)
  if (found.kind === 'folder') return filesTarget(await listFileTables(found.path, found.root))
  if (DATABASE_FILE.test(found.path)) {
    return { target: { kind: 'database', path: found.path }, version: await fileVersion(found.path) }
  }
  const single = fileTable(found.path, null)
  if (single) return filesTarget([single])
  throw new WarehouseError({
    code: 'file-unreadable',
    message: `${given} is neither a DuckDB database nor a CSV, Parquet or JSON file.`,
    hint: 'Known endings: .duckdb, .ddb, .db, .csv, .tsv, .parquet, .json, .jsonl, .ndjson.',
  })
}

async function filesTarget(files: readonly FileTable[]): Promise<VersionedTarget> {
  const versions = await Promise.all(files.map((file) => fileVersion(file.path)))
  return { target: { kind: 'files', files }, version: versions.join('\n') }
}

async function fileVersion(path: string): Promise<string> {
  const { dev, ino, size, mtimeMs } = await stat(path)
  return JSON.stringify([path, dev, ino, size, mtimeMs])
}

/** DuckDB reads these characters in a path as a pattern for many files. */
function refusePattern(path: string): void {
  if (!/[*?[\]]/.test(path)) return
  throw new WarehouseError({
    code: 'config',
    message: `The path ${path} holds one of the characters * ? [ ], which DuckDB reads as a pattern.`,
    hint: 'Rename the folder or file.',
  })
}
