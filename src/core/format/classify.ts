import { type FileKind, KIND_FOLDERS } from '../model/kind.ts'
import type { FileRef } from '../model/resource.ts'

/** What a path is, before anybody has looked at its content (F1–F4). */
export type PathClass =
  | { readonly kind: 'resource'; readonly ref: FileRef }
  | { readonly kind: 'manifest'; readonly workspace: string }
  | { readonly kind: 'aliases'; readonly workspace: string }
  | { readonly kind: 'guest' }

const GUEST: PathClass = { kind: 'guest' }
const CONTRACTS = 'events/contracts/'
const ENDING = /\.ya?ml$/
const OWN_FILE = /^(manifest|aliases)-([^/]+)\.ya?ml$/

/** Kinds whose files may lie in sub-folders (F3): all but contracts, where a folder is part of the identity. */
const FOLDERS = Object.entries(KIND_FOLDERS)
  .filter(([, folder]) => `${folder}/` !== CONTRACTS)
  // Object.entries forgets the key type of a Record
  .map(([kind, folder]) => [kind as FileKind, `${folder}/`] as const)

/** `path` is relative to the connection's path and separated by `/`. */
export function classifyPath(path: string): PathClass {
  const own = OWN_FILE.exec(path)
  if (own?.[2] !== undefined)
    return { kind: own[1] === 'manifest' ? 'manifest' : 'aliases', workspace: own[2] }
  if (!ENDING.test(path)) return GUEST
  const stem = path.replace(ENDING, '')
  if (stem.startsWith(CONTRACTS)) return classifyContract(stem.slice(CONTRACTS.length))
  const slug = stem.slice(stem.lastIndexOf('/') + 1)
  const kind = FOLDERS.find(([, folder]) => path.startsWith(folder))?.[0]
  return kind === undefined || slug === '' ? GUEST : { kind: 'resource', ref: { kind, slug } }
}

/** `<contract>` or `<contract>/<event>`; anything deeper belongs to nobody. */
function classifyContract(slug: string): PathClass {
  const parts = slug.split('/')
  if (parts.length > 2 || parts.includes('')) return GUEST
  return { kind: 'resource', ref: { kind: parts.length === 1 ? 'event-contracts' : 'contract-events', slug } }
}

/** Where the file of a new resource goes: the kind's own folder, `.yaml` (F2, F3). */
export function newPath(ref: FileRef): string {
  return `${KIND_FOLDERS[ref.kind]}/${ref.slug}.yaml`
}

/** Git's mode of an ordinary file, executable or not. */
const FILE_MODES: ReadonlySet<string> = new Set(['100644', '100755', '100664'])

/** Symbolic links (120000) and submodules (160000) are guests whatever they are called (F4). */
export function isFileMode(mode: string): boolean {
  return FILE_MODES.has(mode)
}
