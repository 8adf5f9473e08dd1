import type { Aliases } from '../../../core/environments/aliases.ts'
import type { Limits } from '../../../core/format/limits.ts'
import type { Manifest } from '../../../core/format/read-file.ts'
import type { CommitDraft, GeneratedWrite, SavedSet } from '../../../core/plan/commits/draft.ts'
import type { FallenBases } from '../../../core/plan/fall-back.ts'
import type { Plan } from '../../../core/plan/plan.ts'
import type { Problem } from '../../../core/plan/problem.ts'
import type { Reconciliation } from '../../../core/plan/reconcile.ts'
import type { FileEntry, Snapshot } from '../../../core/plan/snapshot.ts'
import type { Shares } from '../../../core/reviews/share.ts'
import type { Host } from '../../../git/hosts/host.ts'
import type { HostError } from '../../../git/hosts/host-error.ts'
import type { Tip } from '../../../git/refs.ts'
import type { Remote } from '../../../git/remote.ts'
import type { Repository } from '../../../git/repository.ts'
import type { Connection } from '../../../store/connections.ts'
import type { Db } from '../../../store/database.ts'
import type { Lease } from '../../../store/leases.ts'
import type { Run } from '../../../store/runs.ts'
import type { SyncState } from '../../../store/sync-state.ts'
import type { Workspace } from '../../../store/workspaces.ts'

/** What stays the same during a run. */
export type Work = {
  readonly db: Db
  readonly limits: Limits
  readonly connection: Connection
  readonly workspace: Workspace
  readonly remote: Remote
  readonly repository: Repository
  /** The service that keeps the repository; null: none with pull requests. */
  readonly host: Host | null
  /** The address of a page of ours; null: nobody has said under which name people find this server. */
  readonly pageOf: (path: string) => string | null
  readonly lease: Lease
  readonly run: Run
  readonly count: (done: number, total: number) => Promise<void>
  readonly signal: AbortSignal
}

/** The branch as it is now. `parent`: what our commits go on; `expected`: what the remote must still have. */
export type Head = {
  readonly parent: string | null
  readonly expected: string | null
  /** The branch is not there and is made by the first push (S11). */
  readonly isNewBranch: boolean
  /** It is the commit that somebody approved, with others on top: only what comes in from it is applied (S16). */
  readonly isApproved: boolean
}

/** The workspace's own two files at the head. */
export type OwnFiles = {
  readonly aliasPath: string
  readonly aliasBlob: string | null
  readonly aliases: Aliases
  readonly aliasProblems: readonly Problem[]
  readonly manifestPath: string
  readonly manifestBlob: string | null
  /** Null: there is none, or it was not read because it is as it was. */
  readonly manifest: Manifest | null
}

/** What was read of the repository. */
export type Reading = {
  readonly mode: 'first' | 'following'
  readonly branch: Snapshot['branch']
  /** Paths that may differ from their base, with the file there; null: nothing of ours lies there. */
  readonly files: ReadonlyMap<string, FileEntry | null>
  /** Where the history was rewritten: what the dropped commits touched, as it was before them (S16). */
  readonly fallen: ReadonlyMap<string, FileEntry | null>
  readonly own: OwnFiles
  /** Manifests of other workspaces, looked for by a first sync alone (E5). */
  readonly manifests: readonly { readonly path: string; readonly workspace: string }[]
}

/** What a run finds out, step by step. */
export type Facts = {
  state?: SyncState
  head?: Head
  reading?: Reading
  snapshot?: Snapshot
  /** Bases that a rewritten history takes back; written with what is applied. */
  fallen?: Omit<FallenBases, 'bases'>
  /** The outbox as the snapshot saw it. */
  sets?: readonly SavedSet[]
  /** The last change that the snapshot saw: later ones are looked at again before anything is applied. */
  lastChange?: string
  reconciliation?: Reconciliation
  plan?: Plan
  /** Aliases by which files are read and written in this run. */
  aliases?: Aliases
  /** Aliases that the app and Git changed differently: Git's stand. */
  overruled?: readonly string[]
  applied?: { readonly moved: number; readonly incoming: number }
  drafts?: readonly CommitDraft[]
  /** What goes to the branch and what to reviews (S21). */
  shares?: Shares
  generated?: readonly GeneratedWrite[]
  commits?: readonly { readonly id: string; readonly oid: string }[]
  /** The branch takes no direct push, as its host has said in this run. */
  isProtected?: boolean
  /** Commits that went to reviews, and reviews that were found merged or closed. */
  proposed?: number
  endedReviews?: number
  /** False: there were no open reviews when the run began. */
  hasReviews?: boolean
  /** Reviews that were seen to be merged before the head was fetched last. */
  mergedReviews?: ReadonlySet<string>
  /** Of the host alone: told when everything else is done. */
  hostProblem?: HostError
  /** The branch was fetched in this run, not only known from the last. */
  isFetched?: boolean
  /** The commit at the head as it was fetched. */
  tip?: Tip | null
  verifiedHead?: string
  /** Putting the last good version back was tried, as asked for, and the commit that did it (S14). */
  isPutBack?: boolean
  putBackCommit?: string
  /** The commit that renamed an alias, as asked for. */
  aliasCommit?: string
  /** The approved commit was applied: from here on the branch's head counts again. */
  approvedIn?: boolean
}

export type StepResult =
  | { readonly kind: 'next' }
  | { readonly kind: 'done' }
  /** Nothing to do for the steps before this one. */
  | { readonly kind: 'on'; readonly to: 'propose' }
  /** Something moved meanwhile: plan again from this step. */
  | { readonly kind: 'again'; readonly from: 'fetch' | 'snapshot' }

export type Step = {
  readonly name: string
  readonly run: (work: Work, facts: Facts) => Promise<StepResult>
}

export const NEXT: StepResult = { kind: 'next' }
export const DONE: StepResult = { kind: 'done' }

/** A fact that an earlier step found. */
export function known<T>(fact: T | undefined): T {
  if (fact === undefined) throw new Error('a step ran before the one that it builds on')
  return fact
}
