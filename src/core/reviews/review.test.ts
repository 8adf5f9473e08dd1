import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextAction, type ReviewAction, type ReviewState, type Seen } from './review.ts'

const OPEN: ReviewState = { kind: 'open', number: 7 }
const ALONE: ReviewState = { kind: 'open', number: null }
const quiet: Seen = {
  hasHost: true,
  branch: 'there',
  pullRequest: { number: 7, state: 'open', isIntoOurs: true },
  isInHead: false,
  isCloseAsked: false,
}
const merged = { number: 7, state: 'merged', isIntoOurs: true } as const

describe('what comes next for a review', () => {
  it.each([
    ['waits while it is open', OPEN, quiet, 'wait'],
    [
      'is agreed on once its merge is in the head',
      OPEN,
      { ...quiet, pullRequest: merged, isInHead: true },
      'agree',
    ],
    [
      'is looked at again when the head is older than its merge',
      OPEN,
      { ...quiet, pullRequest: merged },
      'fetch-again',
    ],
    [
      'is declined when it was merged into another branch',
      OPEN,
      { ...quiet, pullRequest: { ...merged, isIntoOurs: false } },
      'decline',
    ],
    [
      'is declined when it was closed',
      OPEN,
      { ...quiet, pullRequest: { ...merged, state: 'closed' } },
      'decline',
    ],
    [
      'is closed at the host when somebody asks here',
      OPEN,
      { ...quiet, isCloseAsked: true },
      'close-pull-request',
    ],
    ['is declined when its branch was taken away', OPEN, { ...quiet, branch: 'gone' }, 'decline'],
    ['gets its pull request', ALONE, { ...quiet, pullRequest: null }, 'open-pull-request'],
    ['waits without a host', ALONE, { ...quiet, hasHost: false, pullRequest: null }, 'wait'],
    [
      'is agreed on when somebody merged it by hand, though its branch is gone',
      ALONE,
      { ...quiet, pullRequest: null, branch: 'gone', isInHead: true },
      'agree',
    ],
    [
      'is declined without a host when its branch is gone',
      ALONE,
      { ...quiet, hasHost: false, pullRequest: null, branch: 'gone' },
      'decline',
    ],
    ['waits for its first push', { kind: 'new' }, { ...quiet, pullRequest: null, branch: 'gone' }, 'wait'],
    [
      'is given up before its first push',
      { kind: 'new' },
      { ...quiet, pullRequest: null, isCloseAsked: true },
      'decline',
    ],
  ] as const)('[S21] it %s', (_, review, seen, expected) => {
    expect(nextAction(review, seen).kind).toBe(expected)
  })

  const state = fc.oneof(
    fc.constant<ReviewState>({ kind: 'new' }),
    fc.record({ kind: fc.constant('open' as const), number: fc.option(fc.nat(), { nil: null }) }),
    fc.constant<ReviewState>({ kind: 'merged' }),
    fc.constant<ReviewState>({ kind: 'closed' }),
  )
  const seen: fc.Arbitrary<Seen> = fc.record({
    hasHost: fc.boolean(),
    branch: fc.constantFrom('there', 'gone'),
    pullRequest: fc.option(
      fc.record({
        number: fc.nat(),
        state: fc.constantFrom('open', 'merged', 'closed'),
        isIntoOurs: fc.boolean(),
      }),
      { nil: null },
    ),
    isInHead: fc.boolean(),
    isCloseAsked: fc.boolean(),
  })

  it('[S21][S26] one that has ended stays ended, whatever is seen and however often it is looked at', () => {
    fc.assert(
      fc.property(state, fc.array(seen), (first, sights) => {
        const path = [first]
        for (const sight of sights) {
          const now = path.at(-1) ?? first
          path.push(after(now, nextAction(now, sight)))
        }
        const ended = path.findIndex(({ kind }) => kind === 'merged' || kind === 'closed')
        expect(ended < 0 ? [] : path.slice(ended)).toEqual(
          ended < 0 ? [] : path.slice(ended).map(() => path[ended]),
        )
      }),
    )
  })

  it('[S21] nothing is agreed on but what is in the head, and nothing merged into ours is declined', () => {
    fc.assert(
      fc.property(state, seen, (review, sight) => {
        const { kind } = nextAction(review, sight)
        const isMerged = sight.pullRequest?.state === 'merged' && sight.pullRequest.isIntoOurs
        expect(kind === 'agree' && !sight.isInHead).toBe(false)
        expect(kind === 'decline' && review.kind === 'open' && isMerged).toBe(false)
      }),
    )
  })
})

/** As the store writes it down. */
function after(review: ReviewState, action: ReviewAction): ReviewState {
  if (action.kind === 'agree') return { kind: 'merged' }
  if (action.kind === 'decline') return { kind: 'closed' }
  return action.kind === 'open-pull-request' ? { kind: 'open', number: 7 } : review
}
