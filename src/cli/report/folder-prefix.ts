import { relative } from 'node:path'

/**
 * Where a folder lies below the current one, as `schema-repo/`: annotations and editors look for files from where
 * the program was started.
 */
export function folderPrefix(dir: string): string {
  const path = relative('.', dir).replaceAll('\\', '/')
  return path === '' ? '' : `${path}/`
}
