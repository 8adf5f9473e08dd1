import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { Comparison } from '../../core/wire/history.ts'
import { compareQuery } from '../api/history.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { usePages } from '../components/Pager.tsx'
import { Page } from '../frame/Page.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { Differences } from '../history/Differences.tsx'
import c from '../history/history.module.css'
import { RestoreButton } from '../history/RestoreButton.tsx'
import { VersionMeta } from '../history/VersionMeta.tsx'
import { paths } from '../paths.ts'
import { type CompareSearch, scopeOf } from '../search.ts'

/** Two versions, or a version and the workspace as it is now. */
export function ComparePage() {
  const ws = useWorkspace()
  const search = useSearch({ from: '/$ws/git/compare' })
  const { from, to, kind, slug } = search
  return (
    <Page title="Compare">
      {from === undefined ? (
        <EmptyState
          action={
            <Button variant="filled" component={Link} to={paths.history(ws)}>
              Choose versions
            </Button>
          }
        >
          This page compares two versions of the schema. Choose them in its history.
        </EmptyState>
      ) : (
        <Compared key={`${from} ${to} ${kind} ${slug}`} ws={ws} from={from} search={search} />
      )}
    </Page>
  )
}

type Props = { readonly ws: string; readonly from: string; readonly search: CompareSearch }

function Compared({ ws, from, search }: Props) {
  const pages = usePages()
  const navigate = useNavigate()
  const { to, view } = search
  const scope = scopeOf(search)
  const page = { scope, text: view === 'text', cursor: pages.cursor }
  const query = useQuery(compareQuery(ws, from, to ?? null, page))
  return (
    <>
      <PageHeader
        title="Compare"
        lead={
          scope && (
            <>
              Only {KIND_WORDS[scope.kind]} <code>{scope.slug}</code>
            </>
          )
        }
        actions={
          <>
            {to !== undefined && (
              <Button
                renderRoot={(props) => (
                  <Link {...props} to={paths.compare(ws)} search={{ ...search, from: to, to: from }} />
                )}
              >
                Swap sides
              </Button>
            )}
            {to === undefined && <RestoreButton ws={ws} commit={from} scope={scope} />}
          </>
        }
      />
      <Loaded query={query} skeleton={<FormSkeleton fields={4} />}>
        {(comparison) => (
          <>
            <div className={c.sides}>
              <Side title="Before" side={comparison.from} />
              <Side title="After" side={comparison.to} />
            </div>
            <Differences
              comparison={comparison}
              view={view ?? 'fields'}
              onView={(next) => {
                const { view: _, ...rest } = search
                void navigate({
                  to: paths.compare(ws),
                  search: { ...rest, ...(next === 'text' ? { view: next } : {}) },
                  replace: true,
                })
              }}
              onPrevious={pages.newer}
              onNext={pages.older}
            />
          </>
        )}
      </Loaded>
    </>
  )
}

function Side({ title, side }: { readonly title: string; readonly side: Comparison['from'] }) {
  return (
    <section className={c.side} aria-label={title}>
      <h2>{title}</h2>
      {side === null ? (
        <strong>The workspace now</strong>
      ) : (
        <>
          <strong>{side.subject || '(no subject)'}</strong>
          <VersionMeta version={side} />
        </>
      )}
    </section>
  )
}
