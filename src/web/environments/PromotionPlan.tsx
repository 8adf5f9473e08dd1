import { Button, Checkbox, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { FileRef } from '../../core/model/resource.ts'
import type { PromotionAnswer } from '../../core/wire/environments.ts'
import { promote, promotionPlanQuery } from '../api/environments.ts'
import { Coded } from '../components/Coded.tsx'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { ReviewLink } from '../git/ReviewCard.tsx'
import h from '../history/history.module.css'
import { paths } from '../paths.ts'
import { count } from '../words/count.ts'
import c from './environments.module.css'
import { planWords } from './promotion-words.ts'

type Props = {
  readonly from: string
  readonly to: string
  readonly chosen: readonly FileRef[]
  readonly onDone: () => void
}

/** What the promotion of what is chosen would do and break, and the button that does exactly this. */
export function PromotionPlan({ from, to, chosen, onDone }: Props) {
  const client = useQueryClient()
  const [message, setMessage] = useState('')
  const [isReviewed, setReviewed] = useState(false)
  const resources = chosen.map(({ kind, slug }) => ({ kind, slug }))
  const plan = useQuery(promotionPlanQuery(to, { from, resources }))
  const go = useMutation({
    mutationFn: (digest: string) =>
      promote(to, {
        from,
        resources,
        digest,
        as: isReviewed ? 'review' : 'save',
        ...(message.trim() === '' ? {} : { message }),
      }),
    onSuccess: async ({ changes, proposed }) => {
      // What is proposed stays different until it is merged: the page says so beside the button.
      if (proposed === null) {
        notifications.show({
          title: `Promoted to ${to}`,
          message: `${count(changes.length, 'resource')} on the way to Git there.`,
        })
        onDone()
      }
      await client.invalidateQueries({ queryKey: ['ws'] })
    },
    onError: () => void plan.refetch(),
  })
  return (
    <section className={c.section} aria-label="Plan">
      <h2>Plan</h2>
      {plan.error && <ErrorNotice error={plan.error} onRetry={() => void plan.refetch()} />}
      {!plan.error && !plan.data && <RowsSkeleton rows={2} />}
      {plan.data && (
        <>
          <p role="status">{planWords(plan.data)}</p>
          <Along answer={plan.data} />
          <Errors answer={plan.data} />
          {go.error && <ErrorNotice error={go.error} />}
          {go.data?.proposed && <Proposed to={to} proposed={go.data.proposed} />}
          <div className={c.act}>
            <TextInput
              label="Message"
              description="Stands first in the message of the commit. Who made what is named under it."
              value={message}
              onChange={(event) => setMessage(event.currentTarget.value)}
            />
            <Checkbox
              label="By a pull request"
              description={`On a branch of its own; ${to} takes it over once it is merged.`}
              checked={isReviewed}
              onChange={(event) => setReviewed(event.currentTarget.checked)}
            />
            <Button
              variant="filled"
              loading={go.isPending}
              disabled={plan.isFetching || plan.data.changes.length === 0 || plan.data.diagnostics.length > 0}
              onClick={() => plan.data && go.mutate(plan.data.digest)}
            >
              Promote {count(plan.data.changes.length, 'resource')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}

type ProposedProps = {
  readonly to: string
  readonly proposed: NonNullable<PromotionAnswer['proposed']>
}

function Proposed({ to, proposed: { branch, number, url } }: ProposedProps) {
  return (
    <p role="status" aria-label="Proposed">
      {number === null ? (
        <>
          The branch <code>{branch}</code> has it
        </>
      ) : (
        <>
          <ReviewLink review={{ number, branch, url }} /> is open
        </>
      )}
      : {to} takes it over once it is merged.
    </p>
  )
}

function Along({ answer }: { readonly answer: PromotionAnswer }) {
  const along = answer.changes.flatMap(({ kind, slug, neededBy }) =>
    neededBy ? [{ kind, slug, neededBy }] : [],
  )
  if (along.length === 0) return null
  return (
    <ul className={c.pairs} aria-label="Comes along">
      {along.map(({ kind, slug, neededBy }) => (
        <li key={`${kind} ${slug}`}>
          <code>{slug}</code> comes along: <code>{neededBy.slug}</code> needs it.
        </li>
      ))}
    </ul>
  )
}

function Errors({ answer: { diagnostics, to } }: { readonly answer: PromotionAnswer }) {
  if (diagnostics.length === 0) return null
  return (
    <section className={h.errors} aria-label="Errors">
      <h3>
        {to} would get {count(diagnostics.length, 'error')}, so it is refused
      </h3>
      <ul>
        {diagnostics.map((one) => (
          <li key={`${one.kind} ${one.slug} ${one.code} ${one.message}`}>
            <strong>{one.slug}</strong>: <Coded text={`${one.message} ${one.hint ?? ''}`} />{' '}
            <code>({one.code})</code>
          </li>
        ))}
      </ul>
      {diagnostics.some(({ code }) => UNKNOWN.includes(code)) && (
        <Button component={Link} to={paths.aliases(to)}>
          Aliases of {to}
        </Button>
      )}
    </section>
  )
}

/** Mended by an alias of the target. */
const UNKNOWN = ['unresolved-source', 'unresolved-destination']
