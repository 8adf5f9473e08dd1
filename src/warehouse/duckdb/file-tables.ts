import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isUnder } from '../file-roots.ts'
import { WarehouseError } from '../warehouse-error.ts'

export type FileFormat = 'csv' | 'json' | 'parquet'
/** One file as a table; `schema` is the sub-folder it lies in. */
export type FileTable = {
  readonly schema: string | null
  readonly table: string
  readonly path: string
  readonly format: FileFormat
}

const MAX_FILES = 2_000
const FORMATS: readonly (readonly [RegExp, FileFormat])[] = [
  [/\.(csv|tsv)(\.gz)?$/i, 'csv'],
  [/\.(json|jsonl|ndjson)(\.gz)?$/i, 'json'],
  [/\.parquet$/i, 'parquet'],
]

export function fileTable(path: string, schema: string | null, name = basename(path)): FileTable | null {
  for (const [ending, format] of FORMATS) {
    if (ending.test(name)) return { schema, table: name.replace(ending, ''), path, format }
  }
  return null
}

/**
 * A table for each data file of a folder, and of its sub-folders (one level, their names become schemas):
 * `EVENTS/PAGE_VIEWED.csv` is `EVENTS.PAGE_VIEWED`. Hidden files, links that lead out of the root and
 * names that DuckDB would read as patterns are no tables.
 */
export async function listFileTables(folder: string, root: string): Promise<readonly FileTable[]> {
  const found: FileTable[] = []
  for (const entry of await visibleEntries(folder)) {
    const path = await realPathUnder(root, join(folder, entry.name))
    if (path === null) continue
    if (!(await stat(path)).isDirectory()) add(found, fileTable(path, null, entry.name))
    else await addFolder(found, path, root, entry.name)
  }
  return distinctNames(found)
}

async function addFolder(found: FileTable[], folder: string, root: string, schema: string): Promise<void> {
  for (const entry of await visibleEntries(folder)) {
    const path = await realPathUnder(root, join(folder, entry.name))
    if (path !== null && (await stat(path)).isFile()) add(found, fileTable(path, schema, entry.name))
  }
}

function add(found: FileTable[], table: FileTable | null): void {
  if (table === null) return
  found.push(table)
  if (found.length > MAX_FILES) {
    throw new WarehouseError({
      code: 'config',
      message: `The folder holds more than ${MAX_FILES} data files.`,
      hint: 'Point the source at a folder with fewer files, or load them into a DuckDB database.',
    })
  }
}

async function visibleEntries(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => !entry.name.startsWith('.') && !/[*?[\]]/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function realPathUnder(root: string, path: string): Promise<string | null> {
  const real = await realpath(path).catch(() => null)
  return real !== null && isUnder(root, real) && !/[*?[\]]/.test(real) ? real : null
}

/** `users.csv` beside `users.parquet` (or `Users.csv`): both keep their endings in the table's name. */
function distinctNames(tables: readonly FileTable[]): readonly FileTable[] {
  const key = (table: FileTable) => `${table.schema ?? 'main'}\n${table.table}`.toLowerCase()
  const counts = new Map<string, number>()
  for (const table of tables) counts.set(key(table), (counts.get(key(table)) ?? 0) + 1)
  return tables.map((table) =>
    counts.get(key(table)) === 1 ? table : { ...table, table: basename(table.path) },
  )
}
