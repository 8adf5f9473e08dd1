import type { Cache } from './cache.ts'
import { runLocal } from './local.ts'
import type { Edge } from './walk.ts'

/**
 * The ways back from a commit to one of its ancestors: every commit with each of its parents that lies on such a
 * way, children before their parents. Empty when the two are the same.
 */
export async function listLineage(cache: Cache, descendant: string, ancestor: string): Promise<Edge[]> {
  const { stdout } = await runLocal(cache, {
    args: [
      'rev-list',
      '--parents',
      '--topo-order',
      '--ancestry-path',
      '--end-of-options',
      descendant,
      `^${ancestor}`,
    ],
  })
  const lines = stdout.toString('utf8').split('\n').slice(0, -1)
  const parts = lines.map((line) => line.split(' '))
  const between = new Set([ancestor, ...parts.map(([oid = '']) => oid)])
  return parts.flatMap(([child = '', ...parents]) =>
    parents.filter((parent) => between.has(parent)).map((parent) => ({ child, parent })),
  )
}

/** The whole id of a commit from its beginning; null when there is none, or several. */
export async function findCommit(cache: Cache, prefix: string): Promise<string | null> {
  if (!/^[0-9a-f]{4,40}$/.test(prefix)) return null
  const { code, stdout } = await runLocal(cache, {
    args: ['rev-parse', '--verify', '--quiet', '--end-of-options', `${prefix}^{commit}`],
    codes: [0, 1, 128],
  })
  return code === 0 ? stdout.toString('utf8').trim() : null
}
