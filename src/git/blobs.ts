import { ByteReader } from './byte-reader.ts'
import { type Cache, resetCache } from './cache.ts'
import { startGit } from './command.ts'
import { GitError } from './git-error.ts'
import { explainCacheFailure, lostCache, runLocal } from './local.ts'

export type BlobLimits = { readonly maxBytes: number }

/** `bytes` is null when the blob is larger than the limit: it was not read. */
export type Blob = { readonly oid: string; readonly size: number; readonly bytes: Uint8Array | null }

/**
 * The contents of many blobs, each once. One git process tells sizes and contents; where a blob is too large for us
 * its content is not read, and from there on sizes are asked for first (Z6).
 */
export async function* readBlobs(
  cache: Cache,
  oids: Iterable<string>,
  { maxBytes }: BlobLimits,
  signal?: AbortSignal,
): AsyncGenerator<Blob> {
  const rest = new Set(oids)
  for await (const blob of readAll(cache, [...rest], maxBytes, signal)) {
    if (blob.bytes === null) break
    rest.delete(blob.oid)
    yield blob
  }
  if (rest.size === 0) return
  const sizes = await blobSizes(cache, [...rest], signal)
  const wanted: string[] = []
  for (const [oid, size] of sizes) {
    if (size <= maxBytes) wanted.push(oid)
    else yield { oid, size, bytes: null }
  }
  yield* readAll(cache, wanted, maxBytes, signal)
}

async function blobSizes(
  cache: Cache,
  oids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, number>> {
  const { stdout } = await runLocal(cache, {
    args: ['cat-file', '--batch-check=%(objectname) %(objecttype) %(objectsize)', '--buffer'],
    input: () => oids.map((oid) => `${oid}\n`),
    signal,
  })
  const lines = stdout.toString('utf8').split('\n').slice(0, -1)
  const sizes = new Map(lines.map(parseSize))
  if (lines.every((line) => !line.endsWith(' missing'))) return sizes
  throw await blobLost(cache)
}

async function blobLost(cache: Cache): Promise<GitError> {
  await resetCache(cache)
  return lostCache('a blob is missing')
}

function parseSize(line: string): readonly [string, number] {
  const [oid = '', type = '', size = ''] = line.split(' ')
  if (type !== '' && type !== 'blob' && type !== 'missing') {
    throw new GitError('invalid', `The object ${oid} is a ${type}, not a file's content.`)
  }
  return [oid, Number(size)]
}

/** Ends with the first that is too large, whose bytes are null. */
async function* readAll(
  cache: Cache,
  oids: readonly string[],
  maxBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Blob> {
  if (oids.length === 0) return
  const git = startGit({
    gitDir: cache.dir,
    args: ['cat-file', '--batch', '--buffer'],
    timeoutMs: cache.limits.localMs,
    input: oids.map((oid) => `${oid}\n`),
    signal,
  })
  const reader = new ByteReader(git.stdout)
  try {
    for (const oid of oids) {
      const line = (await reader.line()) ?? ''
      if (line.endsWith(' missing')) throw await blobLost(cache)
      const [, size] = parseSize(line)
      if (size > maxBytes) {
        yield { oid, size, bytes: null }
        return
      }
      const bytes = Number.isInteger(size) ? await reader.bytes(size + 1) : null
      if (bytes === null) {
        const { stderr } = await git.finished
        throw await explainCacheFailure(cache, stderr.trim() === '' ? 'fatal: bad object' : stderr)
      }
      yield { oid, size, bytes: bytes.subarray(0, size) }
    }
  } finally {
    // The reader may have stopped half-way: nothing of git stays behind.
    git.stop(new GitError('aborted', 'Reading was given up.'))
    await reader.close()
  }
}
