import type { Cache } from './cache.ts'
import type { ContentRef } from './fast-import-stream.ts'
import { runLocal } from './local.ts'

/** What a commit has at a path: a file, a folder, a link. */
export type Occupant = { readonly mode: string; readonly content: ContentRef }

/** More paths than this are looked up in a listing of everything. */
const ARGUMENTS = 500

/** What lies at some paths of a commit, and at every folder on the way to them. Free paths are left out. */
export async function occupants(
  cache: Cache,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Occupant>> {
  const wanted = new Set(paths.flatMap(withFolders))
  if (wanted.size === 0) return new Map()
  const some = wanted.size <= ARGUMENTS
  const { stdout } = await runLocal(cache, {
    args: [
      'ls-tree',
      '-z',
      '-t',
      ...(some ? [] : ['-r']),
      '--full-tree',
      '--end-of-options',
      commit,
      ...(some ? wanted : []),
    ],
  })
  const found = stdout.toString('utf8').split('\0').slice(0, -1).map(parseEntry)
  return new Map(found.filter(([path]) => wanted.has(path)))
}

function withFolders(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'))
}

/** `<mode> <type> <oid>`, a tab, the path. */
function parseEntry(record: string): readonly [string, Occupant] {
  const tab = record.indexOf('\t')
  const [mode = '', , oid = ''] = record.slice(0, tab).split(' ')
  return [record.slice(tab + 1), { mode, content: { oid } }]
}
