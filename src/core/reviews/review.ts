/** Where a review stands. `new`: it is recorded, and nothing of it is known to be on the remote. */
export type ReviewState =
  | { readonly kind: 'new' }
  /** Its branch is on the remote. `number`: of its pull request; null until it is opened, or for good without a host. */
  | { readonly kind: 'open'; readonly number: number | null }
  | { readonly kind: 'merged' }
  | { readonly kind: 'closed' }

/** What a run sees of a review, on the remote and at the host. */
export type Seen = {
  /** Whether the host has an interface for pull requests. */
  readonly hasHost: boolean
  readonly branch: 'there' | 'gone'
  readonly pullRequest: {
    readonly number: number
    readonly state: 'open' | 'merged' | 'closed'
    /** It goes into the branch that is synced. */
    readonly isIntoOurs: boolean
  } | null
  /** What it proposed is in the head that this run has: by its merge, or by what lies there. */
  readonly isInHead: boolean
  /** Somebody asked here to close it. */
  readonly isCloseAsked: boolean
}

/** What the run does about it; each can be done again after a kill, and comes to the same. */
export type ReviewAction =
  | { readonly kind: 'wait' }
  /** Finds the open one from the branch, or opens one. */
  | { readonly kind: 'open-pull-request' }
  | { readonly kind: 'close-pull-request'; readonly number: number }
  /** It was merged after the head was read: what it brought is not to be taken for gone. */
  | { readonly kind: 'fetch-again' }
  /** The base of its resources becomes what it proposed (S21). */
  | { readonly kind: 'agree' }
  /** Its resources are conflicts from now on, and are never proposed again by themselves (S21). */
  | { readonly kind: 'decline' }

const WAIT: ReviewAction = { kind: 'wait' }
const AGREE: ReviewAction = { kind: 'agree' }
const DECLINE: ReviewAction = { kind: 'decline' }

/** S21: from a review and what is seen of it to the one thing to do next. */
export function nextAction(review: ReviewState, seen: Seen): ReviewAction {
  switch (review.kind) {
    case 'merged':
    case 'closed':
      return WAIT
    case 'new':
      return seen.isCloseAsked ? DECLINE : WAIT
    case 'open':
      return seen.pullRequest === null ? withoutPullRequest(seen) : withPullRequest(seen.pullRequest, seen)
  }
}

function withPullRequest(pullRequest: NonNullable<Seen['pullRequest']>, seen: Seen): ReviewAction {
  const { number, state, isIntoOurs } = pullRequest
  if (state === 'closed') return DECLINE
  if (state === 'merged') {
    // Merged into another branch, it brought nothing to this one.
    if (!isIntoOurs) return DECLINE
    return seen.isInHead ? AGREE : { kind: 'fetch-again' }
  }
  if (seen.isCloseAsked) return { kind: 'close-pull-request', number }
  return seen.branch === 'gone' ? DECLINE : WAIT
}

/** Nobody says how it ended: what lies in the branch does. */
function withoutPullRequest({ hasHost, branch, isInHead, isCloseAsked }: Seen): ReviewAction {
  if (isInHead) return AGREE
  if (isCloseAsked || branch === 'gone') return DECLINE
  return hasHost ? { kind: 'open-pull-request' } : WAIT
}
