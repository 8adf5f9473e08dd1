import { type Blob, type BlobLimits, readBlobs } from './blobs.ts'
import { openCache } from './cache.ts'
import { type Commit, type CommitInput, writeCommits } from './commit.ts'
import { type Fetched, fetchBranch, fetchRef } from './fetch.ts'
import { hasCommit, isAncestor, type LogEntry, type LogRange, mergeBase, readLog } from './history.ts'
import { DEFAULT_GIT_LIMITS, type GitLimits } from './limits.ts'
import { findCommit, listLineage } from './lineage.ts'
import { listRemote, type RemoteRefs, remoteHead } from './list-remote.ts'
import { maintainCache } from './maintain.ts'
import { type Merged, mergeCommits } from './merge-commits.ts'
import { pushCommit, tryPush, type Verified, verifyCommit } from './push.ts'
import type { PushOutcome } from './push-report.ts'
import { headRef, isHeld, OUTGOING_REF } from './refs.ts'
import type { Remote } from './remote.ts'
import { diffTree, listNames, listTree, type TreeChange, type TreeEntry } from './tree.ts'
import { diffEdges, type Edge, type Walk, type WalkedChange, type WalkedCommit, walkHistory } from './walk.ts'

/**
 * A local cache of one remote branch, and the way to and from it. It holds nothing that cannot be had again:
 * after a `GitError` with the code `cache` the caller begins anew with `fetch`.
 */
export interface Repository {
  readonly dir: string
  /** The branches of a remote; needs nothing of the cache. */
  lsRemote(remote: Remote, signal?: AbortSignal): Promise<RemoteRefs>
  remoteHead(remote: Remote, signal?: AbortSignal): Promise<string | null>
  /** Brings the branch with its history here. `head` null: there is no such branch, or nothing at all. */
  fetch(remote: Remote, signal?: AbortSignal): Promise<Fetched>
  /** The same of a reference beside the branches, such as `refs/pull/1/head`. */
  fetchRef(remote: Remote, ref: string, signal?: AbortSignal): Promise<Fetched>
  /** What merging `head` into `into` would give, as a commit that nothing refers to. */
  mergeCommits(into: string, head: string): Promise<Merged>
  listTree(commit: string, path: string): Promise<readonly TreeEntry[]>
  listNames(commit: string, path: string, folders: readonly string[]): Promise<readonly string[]>
  diffTree(from: string | null, to: string, path: string): Promise<readonly TreeChange[]>
  readBlobs(oids: Iterable<string>, limits: BlobLimits, signal?: AbortSignal): AsyncIterable<Blob>
  isAncestor(ancestor: string, descendant: string): Promise<boolean>
  mergeBase(a: string, b: string): Promise<string | null>
  log(range: LogRange): Promise<readonly LogEntry[]>
  hasCommit(oid: string): Promise<boolean>
  /** As `hasCommit` without asking git, of a head that was fetched or written last; false says nothing. */
  holdsHead(remote: Remote, oid: string): Promise<boolean>
  findCommit(prefix: string): Promise<string | null>
  walk(walk: Walk): AsyncGenerator<WalkedCommit>
  lineage(descendant: string, ancestor: string): Promise<readonly Edge[]>
  diffEdges(
    edges: readonly Edge[],
    below: Pick<Walk, 'root' | 'paths'>,
  ): AsyncGenerator<readonly WalkedChange[]>
  /** Commits stacked on `parent`, in the cache only: nothing is pushed. */
  commit(
    parent: string | null,
    commits: readonly CommitInput[],
    signal?: AbortSignal,
  ): Promise<readonly Commit[]>
  /** Moves the branch from `expected` to `oid`. Afterwards `verify`: only what is read back counts. */
  push(remote: Remote, oid: string, expected: string | null, signal?: AbortSignal): Promise<PushOutcome>
  verify(remote: Remote, oid: string, signal?: AbortSignal): Promise<Verified>
  /** Whether the credentials may write, without writing; throws when not. */
  tryPush(remote: Remote, signal?: AbortSignal): Promise<void>
  /** Packs and tidies the cache; for a schedule. */
  maintain(): Promise<void>
}

/**
 * Opens the cache in `dir`, making it when it is not there and tidying up after a killed process; `isSwept`:
 * this process has done that before, and finds nothing more that is older than itself.
 */
export async function openRepository(
  dir: string,
  limits: GitLimits = DEFAULT_GIT_LIMITS,
  { isSwept = false }: { readonly isSwept?: boolean } = {},
): Promise<Repository> {
  const cache = await openCache(dir, limits, isSwept)
  return {
    dir,
    lsRemote: listRemote,
    remoteHead,
    fetch: (remote, signal) => fetchBranch(cache, remote, signal),
    fetchRef: (remote, ref, signal) => fetchRef(cache, remote, ref, signal),
    mergeCommits: (into, head) => mergeCommits(cache, into, head),
    listTree: (commit, path) => listTree(cache, commit, path),
    listNames: (commit, path, folders) => listNames(cache, commit, path, folders),
    diffTree: (from, to, path) => diffTree(cache, from, to, path),
    readBlobs: (oids, blobLimits, signal) => readBlobs(cache, oids, blobLimits, signal),
    isAncestor: (ancestor, descendant) => isAncestor(cache, ancestor, descendant),
    mergeBase: (a, b) => mergeBase(cache, a, b),
    log: (range) => readLog(cache, range),
    hasCommit: (oid) => hasCommit(cache, oid),
    holdsHead: ({ url, branch }, oid) => isHeld(cache, [OUTGOING_REF, headRef(url, branch)], oid),
    findCommit: (prefix) => findCommit(cache, prefix),
    walk: (walk) => walkHistory(cache, walk),
    lineage: (descendant, ancestor) => listLineage(cache, descendant, ancestor),
    diffEdges: (edges, below) => diffEdges(cache, edges, below),
    commit: (parent, commits, signal) => writeCommits(cache, parent, commits, signal),
    push: (remote, oid, expected, signal) => pushCommit(cache, remote, oid, expected, signal),
    verify: (remote, oid, signal) => verifyCommit(cache, remote, oid, signal),
    tryPush: (remote, signal) => tryPush(cache, remote, signal),
    maintain: () => maintainCache(cache),
  }
}
