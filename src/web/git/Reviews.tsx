import { useQuery } from '@tanstack/react-query'
import type { Connection } from '../../core/wire/git.ts'
import { reviewsQuery } from '../api/git.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { EndedReview, OpenReview } from './ReviewCard.tsx'
import c from './reviews.module.css'

/** Those that ended are told for a while: longer ago, the history has them. */
const ENDED_SHOWN = 5

/** What people saved and nobody has merged yet, with its way on (S21). */
export function Reviews({ ws, connection }: { readonly ws: string; readonly connection: Connection }) {
  const { data, error } = useQuery(reviewsQuery(ws))
  if (error) return <ErrorNotice error={error} />
  if (data === undefined) return null
  const open = data.items.filter(({ state }) => state === 'open')
  const ended = data.items.filter(({ state }) => state !== 'open').slice(0, ENDED_SHOWN)
  if (data.items.length === 0 && connection.mode === 'direct') return null
  return (
    <section className={c.reviews} aria-label="Reviews">
      <h2 className={c.title}>
        Reviews <span>{open.length}</span>
      </h2>
      {data.items.length === 0 && (
        <p className={c.none}>
          Nothing is in review. The next save opens one: each person’s saves go to a branch of their own until
          it is merged into <code>{connection.branch}</code>.
        </p>
      )}
      {open.map((review) => (
        <OpenReview key={review.id} ws={ws} review={review} />
      ))}
      {ended.length > 0 && (
        <ul className={c.ended} aria-label="Ended reviews">
          {ended.map((review) => (
            <EndedReview key={review.id} review={review} />
          ))}
        </ul>
      )}
    </section>
  )
}
