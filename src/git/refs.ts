import { createHash, randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cache } from './cache.ts'
import { runLocal } from './local.ts'

/** Every reference of ours lies under refs/tandem: nothing that a remote is called can meet it. */
const INCOMING = 'refs/tandem/incoming'
export const OUTGOING_REF = 'refs/tandem/outgoing'

/** Where the head of a remote's branch is kept, so that the next fetch asks only for what is new. */
export function headRef(url: string, branch: string): string {
  return `refs/tandem/heads/${createHash('sha256').update(`${url}\0${branch}`).digest('hex').slice(0, 32)}`
}

/**
 * A reference that nobody else writes. A fetch that outlives a killed server, or runs beside another one,
 * cannot change what this one found.
 */
export function incomingRef(): string {
  return `${INCOMING}/${randomBytes(8).toString('hex')}`
}

/**
 * Whether the cache has this commit for certain, by its own files alone: a head that it fetched or wrote.
 * False says nothing: references can be packed.
 */
export async function isHeld(cache: Cache, refs: readonly string[], oid: string): Promise<boolean> {
  const heads = await Promise.all(refs.map((ref) => looseRef(cache, ref)))
  return heads.includes(oid)
}

/** What our own file says of a reference; null says nothing: references can be packed. */
export async function looseRef(cache: Cache, ref: string): Promise<string | null> {
  const text = await readFile(join(cache.dir, ref), 'utf8').catch(() => '')
  return /^[0-9a-f]{40}\n$/.test(text) ? text.trim() : null
}

export type Tip = {
  readonly oid: string
  readonly parents: readonly string[]
  readonly author: { readonly name: string; readonly email: string }
}

/** The commit that a reference or an id stands for; null: a tree or a blob. */
export async function readCommit(cache: Cache, ref: string): Promise<Tip | null> {
  const { stdout } = await runLocal(cache, {
    args: ['rev-list', '--no-walk', '--parents', '--format=%an%x00%ae', '--end-of-options', ref],
  })
  // `commit <id> <parents>`, then what the format says.
  const [header = '', author = ''] = stdout.toString('utf8').split('\n')
  const [, oid, ...parents] = header.split(' ')
  const [name = '', email = ''] = author.split('\0')
  return oid ? { oid, parents, author: { name, email } } : null
}

/** Moves and deletes references in one transaction; `null` deletes. */
export async function writeRefs(cache: Cache, refs: ReadonlyMap<string, string | null>): Promise<void> {
  const lines = [...refs].map(([ref, oid]) =>
    oid === null ? `delete ${ref}\0\0` : `update ${ref}\0${oid}\0\0`,
  )
  await runLocal(cache, { args: ['update-ref', '--stdin', '-z', '--no-deref'], input: () => lines })
}

/** References of fetches that were cut off. */
export async function listIncoming(cache: Cache): Promise<readonly string[]> {
  const { stdout } = await runLocal(cache, { args: ['for-each-ref', '--format=%(refname)', INCOMING] })
  return stdout
    .toString('utf8')
    .split('\n')
    .filter((ref) => ref !== '')
}
