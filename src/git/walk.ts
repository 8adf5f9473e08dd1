import type { Cache } from './cache.ts'
import { startGit } from './command.ts'
import { GitError } from './git-error.ts'
import { explainCacheFailure } from './local.ts'

/**
 * A file that a commit changed. `status` has a letter for each parent (a merge lists only what differs from
 * all of them); `was` the content with each. `oid` is the content after, null when the file is gone.
 */
export type WalkedChange = {
  readonly path: string
  readonly status: string
  readonly mode: string
  readonly oid: string | null
  readonly was: readonly (string | null)[]
  readonly faithful: boolean
}

export type WalkedCommit = {
  readonly oid: string
  readonly parents: readonly string[]
  readonly author: { readonly name: string; readonly email: string; readonly at: Date }
  readonly committedAt: number
  readonly subject: string
  readonly changes: readonly WalkedChange[]
}

export type Walk = {
  /** Where to begin. */
  readonly from: string
  /** A folder of the repository, '' for its root: paths are relative to it. */
  readonly root: string
  /** Files and folders below it; only commits that changed one of them are told. */
  readonly paths: readonly string[]
  /** How many to leave out at the beginning. */
  readonly skip?: number
}

const FIELDS = ['%H', '%P', '%an', '%ae', '%at', '%ct', '%s'] as const

/** The history of some paths, the newest first, read only as far as the caller goes. Renames show as `D` and `A`. */
export async function* walkHistory(cache: Cache, walk: Walk): AsyncGenerator<WalkedCommit> {
  const args = [
    'log',
    '-z',
    '--raw',
    '-c',
    '--no-renames',
    '--no-abbrev',
    '--no-show-signature',
    '--no-notes',
    '--no-mailmap',
    `--skip=${Math.max(0, Math.trunc(walk.skip ?? 0))}`,
    `--format=tformat:${FIELDS.join('%x00')}`,
    '--end-of-options',
    walk.from,
    '--',
    ...walk.paths.map((path) => (walk.root === '' ? path : `${walk.root}/${path}`)),
  ]
  for await (const { header, changes } of records(cache, args, FIELDS.length, walk.root)) {
    yield commit(header, changes)
  }
}

/** One commit and one of its parents. */
export type Edge = { readonly child: string; readonly parent: string }

/** What changed along each edge, in the order given. */
export async function* diffEdges(
  cache: Cache,
  edges: readonly Edge[],
  { root, paths }: Pick<Walk, 'root' | 'paths'>,
): AsyncGenerator<readonly WalkedChange[]> {
  if (edges.length === 0) return
  const args = [
    'diff-tree',
    '--stdin',
    '--always',
    '-r',
    '-z',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '--no-ext-diff',
    '--no-textconv',
    '--',
    ...paths.map((path) => (root === '' ? path : `${root}/${path}`)),
  ]
  const input = edges.map(({ child, parent }) => `${child} ${parent}\n`)
  for await (const { changes } of records(cache, args, 1, root, input)) yield changes
}

type Record = { readonly header: readonly string[]; readonly changes: readonly WalkedChange[] }

/** Headers of so many fields, each followed by its changes: `:<modes> <oids> <status>`, then the path. */
async function* records(
  cache: Cache,
  args: readonly string[],
  fields: number,
  root: string,
  input?: readonly string[],
): AsyncGenerator<Record> {
  const git = startGit({
    gitDir: cache.dir,
    args,
    timeoutMs: cache.limits.localMs,
    ...(input ? { input } : {}),
  })
  let header: string[] = []
  let changes: WalkedChange[] = []
  let pending: string | null = null
  try {
    for await (const token of tokens(git.stdout)) {
      if (header.length < fields) header.push(token)
      else if (pending !== null) {
        changes.push(change(pending, token, root))
        if (changes.length > cache.limits.files) throw tooMany(cache.limits.files)
        pending = null
      } else if (/^\n?:/.test(token)) pending = token.trimStart()
      else if (token !== '') {
        yield { header, changes }
        header = [token]
        changes = []
      }
    }
    const { code, stderr } = await git.finished
    if (code !== 0) throw await explainCacheFailure(cache, stderr)
    if (header.length === fields) yield { header, changes }
  } finally {
    // The reader may have had enough: nothing of git stays behind.
    git.stop(new GitError('aborted', 'Reading was given up.'))
  }
}

async function* tokens(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of stream) {
    const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let from = 0
    for (let end = buffer.indexOf(0); end !== -1; end = buffer.indexOf(0, from)) {
      yield buffer.toString('utf8', from, end)
      from = end + 1
    }
    rest = buffer.subarray(from)
  }
}

/** `:<old mode> <new mode> <old oid> <new oid> <status>`; of a merge one colon, old mode and old oid a parent. */
function change(meta: string, fullPath: string, root: string): WalkedChange {
  const parents = /^:+/.exec(meta)?.[0].length ?? 1
  const words = meta.slice(parents).split(' ')
  const path = root === '' ? fullPath : fullPath.slice(root.length + 1)
  const oids = words.slice(parents + 1, -1).map((oid) => (/^0+$/.test(oid) ? null : oid))
  return {
    path,
    status: words.at(-1) ?? '',
    mode: words[parents] ?? '',
    oid: oids.at(-1) ?? null,
    was: oids.slice(0, -1),
    faithful: !path.includes('\ufffd'),
  }
}

function commit(header: readonly string[], changes: readonly WalkedChange[]): WalkedCommit {
  const [oid = '', parents = '', name = '', email = '', at = '', ct = '', subject = ''] = header
  return {
    oid,
    parents: parents.split(' ').filter((parent) => parent !== ''),
    author: { name, email, at: new Date(Number(at) * 1_000) },
    committedAt: Number(ct),
    subject,
    changes,
  }
}

function tooMany(limit: number): GitError {
  return new GitError('limit', `A commit changes more than ${limit} files, the limit of this server.`)
}
