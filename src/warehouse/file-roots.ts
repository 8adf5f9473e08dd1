import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { WarehousePolicy } from './connector.ts'
import { WarehouseError } from './warehouse-error.ts'

export type RootedPath = { readonly path: string; readonly root: string; readonly kind: 'file' | 'folder' }

/**
 * The real path of something that a file source names, or an error. A relative path is looked for under
 * each root. Outside the roots nothing is even looked at, and a symbolic link that leads out is refused:
 * the answer does not tell what exists there.
 */
export async function resolveUnderRoots(given: string, policy: WarehousePolicy): Promise<RootedPath> {
  if (given.includes('\0')) throw outside(given, policy)
  const candidates = policy.fileRoots
    .map((root) => ({ root: resolve(root), path: isAbsolute(given) ? resolve(given) : resolve(root, given) }))
    .filter(({ root, path }) => isUnder(root, path))
  if (candidates.length === 0) throw outside(given, policy)
  for (const { root, path } of candidates) {
    const real = await realpath(path).catch(() => null)
    if (real === null) continue
    const realRoot = await realpath(root)
    if (!isUnder(realRoot, real)) throw outside(given, policy)
    const found = await stat(real)
    if (found.isDirectory()) return { path: real, root: realRoot, kind: 'folder' }
    if (found.isFile()) return { path: real, root: realRoot, kind: 'file' }
  }
  throw new WarehouseError({
    code: 'file-missing',
    message: `There is no file or folder ${given}.`,
    hint: `Paths are looked for under ${policy.fileRoots.join(', ')}.`,
  })
}

export function isUnder(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

function outside(given: string, policy: WarehousePolicy): WarehouseError {
  const none = policy.fileRoots.length === 0
  return new WarehouseError({
    code: 'file-outside-roots',
    message: none
      ? `File sources are switched off, so ${given} cannot be read.`
      : `${given} lies outside the folders that file sources may read.`,
    hint: none
      ? 'An administrator sets TANDEM_FILE_ROOTS to the folders that may be read.'
      : `Use a path under ${policy.fileRoots.join(', ')}, or have an administrator add its folder to TANDEM_FILE_ROOTS.`,
  })
}
