import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import type {
  CounterpartWire,
  EnvironmentChangeWire,
  EnvironmentComparison,
} from '../../core/wire/environments.ts'
import { environmentComparisonQuery } from '../api/environments.ts'
import { sessionQuery } from '../api/session.ts'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { usePages } from '../components/Pager.tsx'
import { Pill } from '../components/Pill.tsx'
import t from '../components/ResourceTable.module.css'
import { Drift } from '../environments/Drift.tsx'
import c from '../environments/environments.module.css'
import { ImpactPill } from '../environments/ImpactPill.tsx'
import { Sides } from '../environments/Sides.tsx'
import { Page } from '../frame/Page.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { ByField } from '../history/Differences.tsx'
import { countWords } from '../history/version-words.ts'
import { paths } from '../paths.ts'
import { count, sentence } from '../words/count.ts'

/** Two workspaces beside each other, by field (W7). */
export function CompareEnvironmentsPage() {
  const ws = useWorkspace()
  const { data: session } = useQuery(sessionQuery)
  const slugs = (session?.workspaces ?? []).map(({ slug }) => slug)
  const search = useSearch({ from: '/$ws/git/environments/compare' })
  const from = search.from ?? ws
  const to = search.to ?? slugs.find((slug) => slug !== from) ?? ws
  return (
    <Page title="Compare environments">
      <PageHeader
        title="Compare environments"
        lead="What the second workspace has that the first has not is added."
        actions={
          <>
            <Button
              renderRoot={(props) => (
                <Link {...props} to={paths.compareEnvironments(ws)} search={{ from: to, to: from }} />
              )}
            >
              Swap sides
            </Button>
            <Button
              variant="filled"
              renderRoot={(props) => <Link {...props} to={paths.promote(ws)} search={{ from, to }} />}
            >
              Promote to {to}
            </Button>
          </>
        }
      />
      <Sides slugs={slugs} from={from} to={to} />
      <Compared key={`${from} ${to}`} ws={ws} from={from} to={to} />
    </Page>
  )
}

const PAGE = 50

type Props = { readonly ws: string; readonly from: string; readonly to: string }

function Compared({ ws, from, to }: Props) {
  const pages = usePages()
  const query = useQuery(environmentComparisonQuery(ws, from, to, { cursor: pages.cursor, limit: PAGE }))
  return (
    <Loaded query={query} skeleton={<FormSkeleton fields={4} />}>
      {(comparison) => (
        <>
          <p className={c.counts} role="status">
            {verdict(comparison)}
          </p>
          <Drift ws={ws} from={from} to={to} />
          {comparison.counterparts.length > 0 && <Counterparts {...comparison} />}
          <ByField
            entries={comparison.changes.map(entryOf)}
            action={(entry) => <Note entry={entry} of={comparison} />}
          />
          {(pages.newer !== null || comparison.nextCursor !== null) && (
            <div className={t.more}>
              {pages.newer !== null && (
                <Button size="xs" onClick={pages.newer}>
                  Previous
                </Button>
              )}
              {comparison.nextCursor !== null && (
                <Button size="xs" onClick={() => pages.older(comparison.nextCursor ?? '')}>
                  Next
                </Button>
              )}
            </div>
          )}
        </>
      )}
    </Loaded>
  )
}

function verdict({ from, to, counts }: EnvironmentComparison): string {
  const words = countWords(counts)
  const same = `${count(counts.same, 'resource')} the same`
  return words === '' ? `${from} and ${to} mean the same: ${same}.` : `${sentence(words)}; ${same}.`
}

/** The fields that are real differences; what belongs to the environment is told above them. */
function entryOf({ fields, impact: _, pending: __, ...change }: EnvironmentChangeWire) {
  return { ...change, path: null, fields: fields.filter((field) => !field.environment) }
}

function Note({
  entry,
  of,
}: {
  readonly entry: { readonly kind: string; readonly slug: string }
  readonly of: EnvironmentComparison
}) {
  const change = of.changes.find(({ kind, slug }) => kind === entry.kind && slug === entry.slug)
  if (change?.pending) return <Pill tone="slate">pending in {of.to}</Pill>
  return change === undefined ? null : <ImpactPill impact={change.impact} />
}

function Counterparts({ counterparts, from, to }: EnvironmentComparison) {
  return (
    <section className={c.section} aria-label="Belongs to each environment">
      <h2>Belongs to each environment</h2>
      <p className={c['lead-words']}>These stand for each other, so they are no difference of the schema.</p>
      <ul className={c.pairs}>
        {counterparts.map((pair) => (
          <li key={`${pair.section} ${pair.from} ${pair.to}`}>
            {pair.section === 'sources' ? 'Source' : 'Destination'} <code>{pair.from}</code> in {from},{' '}
            <code>{pair.to}</code> in {to}: {why(pair)}, {count(pair.resources, 'resource')}.
          </li>
        ))}
      </ul>
    </section>
  )
}

function why({ alias }: CounterpartWire) {
  if (alias === null) return 'both have one name and type'
  return (
    <>
      the alias <code>{alias}</code> means both
    </>
  )
}
