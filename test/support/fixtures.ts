import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RepositoryFile } from '../../src/core/lint/repository.ts'

export const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url))

/** Every file of a sample repository, guests too, sorted by path. */
export function readFixture(name: string): (RepositoryFile & { readonly text: string })[] {
  const folder = join(FIXTURES, name)
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
}
