import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { type FileRef, resourceKey } from '../../core/model/resource.ts'
import { LIMIT_MAX } from '../../core/wire/list.ts'
import { environmentComparisonQuery } from '../api/environments.ts'
import { sessionQuery } from '../api/session.ts'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import c from '../environments/environments.module.css'
import { ImpactPill } from '../environments/ImpactPill.tsx'
import { PastPromotions } from '../environments/PastPromotions.tsx'
import { PromotionPlan } from '../environments/PromotionPlan.tsx'
import { Sides } from '../environments/Sides.tsx'
import { Page } from '../frame/Page.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { ByField } from '../history/Differences.tsx'
import { paths } from '../paths.ts'
import { count } from '../words/count.ts'

/** From one workspace to another: choose, look at the plan, promote; and take a promotion back (W7). */
export function PromotePage() {
  const ws = useWorkspace()
  const { data: session } = useQuery(sessionQuery)
  const workspaces = session?.workspaces ?? []
  const slugs = workspaces.map(({ slug }) => slug)
  const search = useSearch({ from: '/$ws/git/environments/promote' })
  const from = search.from ?? ws
  const to = search.to ?? slugs.find((slug) => slug !== from) ?? ws
  const role = workspaces.find(({ slug }) => slug === to)?.role
  const mayEdit = role === 'editor' || role === 'admin'
  return (
    <Page title="Promote">
      <PageHeader
        title="Promote"
        lead="One workspace takes over what another has, with the sources and destinations that stand for the same there."
        actions={
          <Button
            renderRoot={(props) => <Link {...props} to={paths.promote(ws)} search={{ from: to, to: from }} />}
          >
            Swap sides
          </Button>
        }
      />
      <Sides slugs={slugs} from={from} to={to} />
      <Choice key={`${from} ${to}`} ws={ws} from={from} to={to} mayEdit={mayEdit} />
      <PastPromotions to={to} mayEdit={mayEdit} />
    </Page>
  )
}

type Props = {
  readonly ws: string
  readonly from: string
  readonly to: string
  readonly mayEdit: boolean
}

function Choice({ ws, from, to, mayEdit }: Props) {
  const query = useQuery(environmentComparisonQuery(ws, to, from, { cursor: null, limit: LIMIT_MAX }))
  // What is taken out is chosen one by one; all else is chosen already.
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  return (
    <Loaded query={query} skeleton={<FormSkeleton fields={4} />}>
      {({ changes, counts, nextCursor }) => {
        const isChosen = (ref: FileRef & { readonly change: string }) =>
          turned.has(resourceKey(ref)) === (ref.change === 'removed')
        const turn = (key: string) =>
          setTurned(
            (before) =>
              new Set([...before].filter((one) => one !== key).concat(before.has(key) ? [] : [key])),
          )
        const chosen = changes.filter(isChosen)
        if (changes.length === 0) {
          return (
            <p className={c.counts} role="status">
              Nothing to promote: {to} means the same as {from} in {count(counts.same, 'resource')}.
            </p>
          )
        }
        return (
          <>
            <section className={c.section} aria-label="What differs">
              <h2>What differs</h2>
              <p className={c['lead-words']}>
                {count(chosen.length, 'resource')} of {changes.length.toLocaleString('en')} chosen.
                {nextCursor !== null && ' These are the first; the others come after them.'} What only {to}{' '}
                has is taken out only where you choose it.
              </p>
              <ByField
                entries={changes.map(({ impact: _, pending: __, fields, ...change }) => ({
                  ...change,
                  path: null,
                  fields: fields.filter(({ environment }) => !environment),
                }))}
                action={(entry) => {
                  const change = changes.find(({ kind, slug }) => kind === entry.kind && slug === entry.slug)
                  return (
                    change && (
                      <span className={c.choose}>
                        <ImpactPill impact={change.impact} />
                        <Checkbox
                          aria-label={`Promote ${change.slug}`}
                          checked={isChosen(change)}
                          onChange={() => turn(resourceKey(change))}
                        />
                      </span>
                    )
                  )
                }}
              />
            </section>
            {mayEdit ? (
              chosen.length > 0 && (
                <PromotionPlan from={from} to={to} chosen={chosen} onDone={() => setTurned(new Set())} />
              )
            ) : (
              <p className={c['lead-words']}>Promoting to {to} takes the editor role there.</p>
            )}
          </>
        )
      }}
    </Loaded>
  )
}
