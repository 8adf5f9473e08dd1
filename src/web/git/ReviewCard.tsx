import IconGitMerge from '@tabler/icons-react/dist/esm/icons/IconGitMerge.mjs'
import IconGitPullRequest from '@tabler/icons-react/dist/esm/icons/IconGitPullRequest.mjs'
import IconGitPullRequestClosed from '@tabler/icons-react/dist/esm/icons/IconGitPullRequestClosed.mjs'
import { useQueryClient } from '@tanstack/react-query'
import type { Review } from '../../core/wire/review.ts'
import { closeReview } from '../api/git.ts'
import { Pill } from '../components/Pill.tsx'
import { Time } from '../components/Time.tsx'
import { useRights } from '../frame/use-workspace.ts'
import { ConfirmButton } from '../settings/ConfirmButton.tsx'
import { CommitId } from './CommitId.tsx'
import { Group } from './PlanPicture.tsx'
import { changeGroups } from './plan-groups.ts'
import { closeWords, REVIEW_WORDS, reviewName, reviewNext } from './review-words.ts'
import c from './reviews.module.css'

const ICONS = {
  open: IconGitPullRequest,
  merged: IconGitMerge,
  closed: IconGitPullRequestClosed,
} satisfies Record<Review['state'], unknown>

/** An open one: whose it is, what it changes, where it is merged, and the way to close it. */
export function OpenReview({ ws, review }: { readonly ws: string; readonly review: Review }) {
  const rights = useRights()
  const client = useQueryClient()
  const close = async () => {
    await closeReview(ws, review.id)
    await client.invalidateQueries({ queryKey: ['ws', ws, 'git'] })
  }
  return (
    <article className={c.card} aria-label={`Review ${reviewName(review)}`}>
      <div className={c.head}>
        <h3 className={c.subject}>
          <ReviewLink review={review} /> {review.title}
        </h3>
        <StatePill review={review} />
      </div>
      <p className={c.about}>
        {review.person}, opened <Time at={review.createdAt} />
        {review.number !== null && (
          <>
            , branch <code>{review.branch}</code>
          </>
        )}
        {review.head !== null && (
          <>
            , at <CommitId oid={review.head} />
          </>
        )}
      </p>
      {changeGroups([], review.changes).map((group) => (
        <Group key={group.id} group={{ ...group, title: 'What it changes' }} />
      ))}
      <div className={c.foot}>
        <p className={c.next} {...(review.isChangedThere ? { 'data-warns': true } : {})}>
          {reviewNext(review)}
        </p>
        {rights.edit && !review.isClosing && (
          <ConfirmButton
            label="Close review"
            fullLabel={`Close the review ${reviewName(review)}`}
            title={`Close ${reviewName(review)} without merging it`}
            means={closeWords(review)}
            confirm="Close review"
            run={close}
          />
        )}
      </div>
    </article>
  )
}

export function EndedReview({ review }: { readonly review: Review }) {
  return (
    <li className={c.row}>
      <StatePill review={review} />
      <span className={c.what}>
        <ReviewLink review={review} /> {review.title}
      </span>
      <span className={c.about}>
        {review.person}
        {review.endedAt !== null && (
          <>
            , <Time at={review.endedAt} />
          </>
        )}
      </span>
    </li>
  )
}

function StatePill({ review }: { readonly review: Review }) {
  const { tone, word } = REVIEW_WORDS[review.state]
  const Icon = ICONS[review.state]
  return (
    <Pill tone={tone} icon={<Icon size={13} stroke={2} aria-hidden />}>
      {word}
    </Pill>
  )
}

/** To its page at the host where it has one. */
export function ReviewLink({ review }: { readonly review: Pick<Review, 'number' | 'branch' | 'url'> }) {
  const name = reviewName(review)
  return review.url === null || !/^https?:\/\//.test(review.url) ? (
    <code>{name}</code>
  ) : (
    <a href={review.url} className="link" target="_blank" rel="noreferrer">
      {name}
    </a>
  )
}
