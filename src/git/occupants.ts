import type { Cache } from './cache.ts'
import { type ContentRef, quoted } from './fast-import-stream.ts'
import { runLocal } from './local.ts'

/** What a commit has at a path: a file, a folder, a link. */
export type Occupant = { readonly mode: string; readonly content: ContentRef }

/** More paths than this are looked up in a listing of everything. */
const ARGUMENTS = 500

/** Some paths and every folder on the way to them. */
export function placesOf(paths: readonly string[]): ReadonlySet<string> {
  return new Set(paths.flatMap(withFolders))
}

/** What lies at these places of a commit. Free ones are left out. */
export async function occupants(
  cache: Cache,
  commit: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Occupant>> {
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

/** The same asked of a `git fast-import` that runs: one command a place, and the line that answers each. */
export function askOccupants(commit: string, wanted: ReadonlySet<string>): string {
  return [...wanted].map((path) => `ls ${commit} ${quoted(path)}\n`).join('')
}

export function readOccupants(
  wanted: ReadonlySet<string>,
  lines: readonly string[],
): ReadonlyMap<string, Occupant> {
  const found = [...wanted].flatMap((path, i) => {
    const line = lines[i] ?? ''
    return line.startsWith('missing ') ? [] : [[path, parseEntry(line)[1]] as const]
  })
  return new Map(found)
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
