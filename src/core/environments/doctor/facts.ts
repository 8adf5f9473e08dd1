import type { Diagnostic } from '../../model/diagnostic.ts'
import type { FileKind } from '../../model/kind.ts'
import type { AliasSection } from '../aliases.ts'

/** All that the checklist judges, gathered beforehand: what was found out, or why it could not be (S27). */
export type DoctorFacts = {
  readonly workspace: { readonly slug: string; readonly gitSync: boolean; readonly isArchived: boolean }
  readonly sources: readonly SourceFacts[]
  /** Null: no repository is connected. */
  readonly connection: ConnectionFacts | null
}

export type NamedSource = { readonly slug: string; readonly name: string; readonly type: string }

export type SourceFacts = NamedSource & { readonly answer: SourceAnswer }
export type SourceAnswer =
  | { readonly kind: 'ok' }
  /** Its type has no connector: it can be named, not looked into. */
  | { readonly kind: 'no-connector' }
  /** It has a name and a type, but nobody said how to reach it (S29). */
  | { readonly kind: 'unconnected' }
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string | null }
  | { readonly kind: 'timed-out'; readonly seconds: number }

export type ConnectionFacts = {
  readonly url: string
  readonly branch: string
  readonly path: string
  readonly shared: boolean
  readonly aliasFile: string
  readonly manifestFile: string
  readonly isSynced: boolean
  readonly remote: RemoteAnswer
  readonly repository: RepositoryFacts
  /** The other workspaces on the same repository that the asker may look into. */
  readonly others: readonly OtherWorkspace[]
  /** How many more there are. */
  readonly hidden: number
  readonly work: OpenWork
}

export type RemoteAnswer =
  | { readonly kind: 'ok'; readonly branches: readonly string[]; readonly defaultBranch: string | null }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'timed-out'; readonly seconds: number }

/** What a sync would find at the head of the branch now. */
export type RepositoryFacts =
  | {
      readonly kind: 'read'
      readonly hasAliasFile: boolean
      /** E3, each at its line; and whatever keeps the file from being read. */
      readonly aliasProblems: readonly Diagnostic[]
      readonly unknownNames: readonly UnknownName[]
      /** Errors that stop the commit (S14); none while an older state is as good as this. */
      readonly errors: readonly Diagnostic[]
      readonly slugs: Readonly<Record<AliasSection, readonly string[]>>
    }
  | { readonly kind: 'unread'; readonly message: string }

/** A source or destination that files name and that means nothing here (E4). */
export type UnknownName = {
  readonly section: AliasSection
  readonly name: string
  readonly paths: readonly string[]
}

export type OtherWorkspace = {
  readonly slug: string
  readonly branch: string
  readonly path: string
  readonly shared: boolean
  readonly manifestFile: string
  /** E5: how its files and ours lie to each other. */
  readonly place: 'same' | 'inside' | 'elsewhere'
  readonly sources: readonly NamedSource[]
  /** Sources that the files of both call by one name, though their slugs differ (E1). */
  readonly sameByAlias: readonly { readonly here: string; readonly there: string }[]
  /** What has one name on both sides and two slugs. */
  readonly otherSlugs: readonly OtherSlug[]
}
export type OtherSlug = {
  readonly kind: FileKind
  readonly name: string
  readonly here: string
  readonly there: string
}

export type LeftFile = { readonly path: string; readonly reason: string }

/** What stands open since the last sync. */
export type OpenWork = {
  readonly isSyncing: boolean
  readonly isBlocked: boolean
  readonly heldRun: string | null
  readonly lastRun: string | null
  /** Why the last run failed. */
  readonly failure: { readonly message: string; readonly hint: string | null } | null
  readonly conflicts: readonly { readonly kind: FileKind; readonly slug: string }[]
  readonly aside: readonly LeftFile[]
  readonly pending: readonly LeftFile[]
  /** Resources whose saves are not in Git yet. */
  readonly waiting: number
}
