import type { Review } from '../../core/wire/review.ts'
import type { Tone } from '../components/tone.ts'

type Words = { readonly tone: Tone; readonly word: string }

/** One row a state of a review: its colour and the word on the pill. */
export const REVIEW_WORDS: Readonly<Record<Review['state'], Words>> = {
  open: { tone: 'violet', word: 'in review' },
  merged: { tone: 'green', word: 'merged' },
  closed: { tone: 'grey', word: 'closed' },
}

/** How people call it at the host: its number where it has one. */
export function reviewName({ number, branch }: Pick<Review, 'number' | 'branch'>): string {
  return number === null ? branch : `#${number}`
}

/** What comes next for an open one; nothing for one that has ended. */
export function reviewNext(review: Review): string | null {
  if (review.state !== 'open') return null
  if (review.isClosing) return 'It is being closed.'
  if (review.isChangedThere)
    return 'Somebody else pushed to its branch: what is saved for it here waits until it is merged or closed.'
  if (review.head === null) return 'The next run pushes its branch.'
  if (review.number !== null) return 'Merge it at the host, by any method: then the branch holds it.'
  return review.onHost
    ? 'The next run opens its pull request.'
    : 'Merge its branch as you do there: this server cannot open pull requests at this host.'
}

/** What closing it means, asked once. */
export function closeWords({ number }: Pick<Review, 'number'>): string {
  const what = number === null ? 'Its branch stays where it is' : 'Its pull request is closed at the host'
  return `${what}. What it proposed stays in the workspace and is a conflict until somebody settles it: keep the workspace’s side, and it is proposed anew; take Git’s, and it is gone here. It is not proposed again by itself.`
}
