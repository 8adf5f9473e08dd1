import { isKnownAncestor, rememberAncestor } from './ancestry.ts'
import type { Cache } from './cache.ts'
import { explainCacheFailure, runLocal } from './local.ts'

export type Person = { readonly name: string; readonly email: string; readonly at: Date }

export type LogEntry = {
  readonly oid: string
  readonly parents: readonly string[]
  readonly author: Person
  readonly committer: Person
  readonly subject: string
  readonly message: string
}

export type LogRange = {
  readonly to: string
  /** Commits that this one has are left out. */
  readonly from?: string | null
  /** Only commits that changed something here. */
  readonly path?: string
  readonly limit: number
}

const FIELDS = ['%H', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%s', '%B'] as const

/** Commits, the newest first. */
export async function readLog(
  cache: Cache,
  { to, from, path, limit }: LogRange,
): Promise<readonly LogEntry[]> {
  const { stdout } = await runLocal(cache, {
    args: [
      'log',
      '-z',
      `--max-count=${Math.max(0, Math.trunc(limit))}`,
      '--topo-order',
      '--no-show-signature',
      '--no-notes',
      '--no-mailmap',
      `--format=tformat:${FIELDS.join('%x00')}`,
      '--end-of-options',
      to,
      ...(from == null ? [] : [`^${from}`]),
      '--',
      ...(path === undefined || path === '' ? [] : [path]),
    ],
  })
  const values = stdout.toString('utf8').split('\0')
  const entries: LogEntry[] = []
  for (let i = 0; i + FIELDS.length <= values.length; i += FIELDS.length) {
    entries.push(entry(values.slice(i, i + FIELDS.length)))
  }
  return entries
}

function entry(values: readonly string[]): LogEntry {
  const [
    oid = '',
    parents = '',
    an = '',
    ae = '',
    at = '',
    cn = '',
    ce = '',
    ct = '',
    subject = '',
    message = '',
  ] = values
  return {
    oid,
    parents: parents.split(' ').filter((parent) => parent !== ''),
    author: { name: an, email: ae, at: new Date(Number(at) * 1_000) },
    committer: { name: cn, email: ce, at: new Date(Number(ct) * 1_000) },
    subject,
    message: message.replace(/\n+$/, ''),
  }
}

/** Whether `descendant` has `ancestor` in its history. A commit that the cache does not have is nobody's ancestor. */
export async function isAncestor(cache: Cache, ancestor: string, descendant: string): Promise<boolean> {
  if (ancestor === descendant || isKnownAncestor(ancestor, descendant)) return true
  const args = ['merge-base', '--is-ancestor', '--end-of-options', ancestor, descendant]
  const { code, stderr } = await runLocal(cache, { args, codes: [0, 1, 128] })
  if (code === 0) rememberAncestor(ancestor, descendant)
  if (code !== 128) return code === 0
  if (await hasCommit(cache, descendant)) return false
  throw await explainCacheFailure(cache, stderr)
}

/** The commit where two histories part; null when they have none in common. */
export async function mergeBase(cache: Cache, a: string, b: string): Promise<string | null> {
  const { code, stdout } = await runLocal(cache, {
    args: ['merge-base', '--end-of-options', a, b],
    codes: [0, 1],
  })
  return code === 0 ? stdout.toString('utf8').trim() : null
}

export async function hasCommit(cache: Cache, oid: string): Promise<boolean> {
  const { code } = await runLocal(cache, {
    args: ['cat-file', '-e', '--end-of-options', `${oid}^{commit}`],
    codes: [0, 1, 128],
  })
  return code === 0
}
