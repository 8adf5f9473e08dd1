/**
 * What Tandem needs from a service that keeps repositories, beyond git itself: pull requests, their checks
 * and comments, protection of branches, and webhooks. One adapter a service; the contract suite holds them to
 * the same answers. Every call throws `HostError` and nothing else.
 */
export type Host = {
  readonly type: HostType
  /** What the credentials may do, asked of the service: one entry a right that Tandem uses. */
  rights(): Promise<readonly HostRight[]>
  /** Whether a direct push to the branch is refused by the service's rules. */
  isProtected(branch: string): Promise<boolean>
  openPullRequest(request: NewPullRequest): Promise<PullRequest>
  readPullRequest(number: number): Promise<PullRequest>
  /** Open ones into the branch, the newest first. */
  listPullRequests(into: string): Promise<readonly PullRequest[]>
  updatePullRequest(number: number, change: { readonly title: string; readonly body: string }): Promise<void>
  closePullRequest(number: number): Promise<void>
  /** One check a commit and name: said again, it takes the place of what was said before. */
  reportCheck(report: CheckReport): Promise<void>
  /** One comment a pull request and `marker` (an invisible first line): updated in place. */
  keepComment(number: number, marker: string, body: string): Promise<void>
  /** Registers the webhook, or renews the one with this address. */
  keepWebhook(hook: { readonly url: string; readonly secret: string }): Promise<void>
}

/** Those that can be told by their address or answers; what a connection may name is in core/wire/git.ts. */
export type HostType = 'github' | 'gitlab' | 'gitea' | 'bitbucket' | 'azure-devops'

export type HostRight = {
  readonly right: 'read-files' | 'write-files' | 'pull-requests' | 'checks' | 'webhooks'
  /** Null: the service does not tell before it is used. */
  readonly granted: boolean | null
  /** What it is called where it is granted, e.g. `Pull requests: Read and write`. */
  readonly name: string
}

export type NewPullRequest = {
  readonly from: string
  readonly into: string
  readonly title: string
  readonly body: string
}

export type PullRequest = {
  readonly number: number
  /** Its page. */
  readonly url: string
  readonly title: string
  readonly author: string
  readonly state: 'open' | 'merged' | 'closed'
  readonly head: {
    readonly branch: string
    readonly oid: string
    /** The commits are in another repository: they are not to be trusted with credentials (Z11). */
    readonly isFork: boolean
    /** Where this repository itself has them; null: they are in the fork alone. */
    readonly ref: string | null
  }
  readonly into: string
  /** The commit that merging made, by whatever method; null until then. */
  readonly mergeCommit: string | null
}

export type CheckReport = {
  readonly name: string
  readonly oid: string
  /** The pull request it is for: some services hang a check on it instead of on the commit. */
  readonly pullRequest: number
  readonly state: 'running' | 'passed' | 'failed'
  /** One line. */
  readonly title: string
  /** Markdown. */
  readonly summary: string
  /** Where the reader finds all of it, on this server. */
  readonly url: string | null
  /** Shown at their lines where the service has such a thing, else said in the summary. */
  readonly annotations: readonly CheckAnnotation[]
}

export type CheckAnnotation = {
  /** From the root of the repository. */
  readonly file: string
  readonly line: number
  readonly severity: 'error' | 'warning' | 'notice'
  readonly message: string
}
