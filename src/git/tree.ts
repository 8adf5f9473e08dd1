import type { Cache } from './cache.ts'
import { GitError } from './git-error.ts'
import { runLocal } from './local.ts'

/**
 * A file of a commit. `mode` tells a regular file (`100644`, `100755`) from a symbolic link (`120000`) and a
 * submodule (`160000`). `path` is relative to the listed folder. A name that is not UTF-8 cannot be written
 * down: it is shown with replacement characters, and `faithful` is false.
 */
export type TreeEntry = {
  readonly path: string
  readonly mode: string
  readonly oid: string
  readonly size: number
  readonly faithful: boolean
}

/** `oid` and `mode` are those after the change; of a deleted file (`D`) those that it had. `T`: another type. */
export type TreeChange = {
  readonly path: string
  readonly status: 'A' | 'M' | 'D' | 'T'
  readonly mode: string
  readonly oid: string
  readonly faithful: boolean
}

export function isRegularFile(mode: string): boolean {
  return mode === '100644' || mode === '100755'
}

/** Every file under a folder ('' is the root); empty when the commit has no such folder. */
export async function listTree(cache: Cache, commit: string, path: string): Promise<readonly TreeEntry[]> {
  const { stdout } = await runLocal(cache, {
    args: ['ls-tree', '-r', '-z', '-l', '--full-tree', '--end-of-options', commit, ...below(path)],
  })
  const records = withinLimit(cache, records0(stdout))
  return records.map((record) => {
    const tab = record.indexOf('\t')
    const [mode = '', , oid = '', size = ''] = record.slice(0, tab).split(/ +/)
    return { ...named(record.slice(tab + 1), path), mode, oid, size: size === '-' ? 0 : Number(size) }
  })
}

/** The names of all files in some folders below `path`, imported or not: what a new slug must differ from (F5). */
export async function listNames(
  cache: Cache,
  commit: string,
  path: string,
  folders: readonly string[],
): Promise<readonly string[]> {
  if (folders.length === 0) return []
  const wanted = folders.map((folder) => (path === '' ? `${folder}/` : `${path}/${folder}/`))
  const { stdout } = await runLocal(cache, {
    args: ['ls-tree', '-r', '-z', '--name-only', '--full-tree', '--end-of-options', commit, ...wanted],
  })
  return withinLimit(cache, records0(stdout)).map((record) => named(record, path).path)
}

/** What changed between two commits under a folder; from nothing, everything is added. Renames show as `D` and `A`. */
export async function diffTree(
  cache: Cache,
  from: string | null,
  to: string,
  path: string,
): Promise<readonly TreeChange[]> {
  if (from === null) {
    const entries = await listTree(cache, to, path)
    return entries.map(({ path: name, mode, oid, faithful }) => ({
      path: name,
      status: 'A',
      mode,
      oid,
      faithful,
    }))
  }
  const { stdout } = await runLocal(cache, {
    args: [
      'diff-tree',
      '-r',
      '-z',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      '--no-ext-diff',
      '--no-textconv',
      '--end-of-options',
      from,
      to,
      '--',
      ...below(path),
    ],
  })
  const fields = records0(stdout)
  const changes = fields.flatMap((field, i) =>
    i % 2 === 0 ? [change(field, fields[i + 1] ?? '', path)] : [],
  )
  return withinLimit(cache, changes)
}

/** `:<old mode> <new mode> <old oid> <new oid> <status>`, then the path. */
function change(field: string, name: string, path: string): TreeChange {
  const [oldMode = '', mode = '', oldOid = '', oid = '', status = ''] = field.slice(1).split(' ')
  const at = named(name, path)
  switch (status) {
    case 'D':
      return { ...at, status, mode: oldMode, oid: oldOid }
    case 'A':
    case 'M':
    case 'T':
      return { ...at, status, mode, oid }
    default:
      throw new GitError('failed', `git diff-tree gave the unknown status "${status}".`)
  }
}

/** The slash at the end makes it a folder: a file or a symbolic link of that name is not entered. */
function below(path: string): readonly string[] {
  return path === '' ? [] : [`${path}/`]
}

function named(fullPath: string, base: string): { path: string; faithful: boolean } {
  const path = base === '' ? fullPath : fullPath.slice(base.length + 1)
  return { path, faithful: !path.includes('\ufffd') }
}

function records0(stdout: Buffer): readonly string[] {
  return stdout.toString('utf8').split('\0').slice(0, -1)
}

function withinLimit<T>(cache: Cache, items: readonly T[]): readonly T[] {
  if (items.length <= cache.limits.files) return items
  throw new GitError(
    'limit',
    `The repository has more than ${cache.limits.files} files, the limit of this server (TANDEM_GIT_MAX_FILES).`,
  )
}
