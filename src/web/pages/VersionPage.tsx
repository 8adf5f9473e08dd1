import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { isFileKind, KIND_WORDS } from '../../core/model/kind.ts'
import type { ComparedEntry, Comparison } from '../../core/wire/history.ts'
import { connectionQuery } from '../api/git.ts'
import { type Scope, versionQuery } from '../api/history.ts'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { usePages } from '../components/Pager.tsx'
import { Page } from '../frame/Page.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { Differences } from '../history/Differences.tsx'
import { RestoreButton } from '../history/RestoreButton.tsx'
import { VersionMeta } from '../history/VersionMeta.tsx'
import { paths } from '../paths.ts'
import { scopeOf } from '../search.ts'

/** One version: what it changed, of the schema or of one resource, and the way back to it. */
export function VersionPage() {
  const { commit } = useParams({ from: '/$ws/git/history/$commit' })
  const search = useSearch({ from: '/$ws/git/history/$commit' })
  const scope = scopeOf(search)
  return <Whole key={`${commit} ${scope?.kind} ${scope?.slug}`} commit={commit} scope={scope} />
}

function Whole({ commit, scope }: { readonly commit: string; readonly scope: Scope }) {
  const ws = useWorkspace()
  const pages = usePages()
  const navigate = useNavigate()
  const { view } = useSearch({ from: '/$ws/git/history/$commit' })
  const { data: connection } = useQuery(connectionQuery(ws))
  const isPresent = (version: Comparison) =>
    connection?.status.state === 'in-sync' && connection.status.syncedCommit === version.to?.commit
  const query = useQuery(versionQuery(ws, commit, { scope, text: view === 'text', cursor: pages.cursor }))
  return (
    <Page title="Version">
      <Loaded query={query} skeleton={<FormSkeleton fields={4} />}>
        {(version) => (
          <>
            <Head ws={ws} version={version} scope={scope} isPresent={isPresent(version)} />
            <Differences
              comparison={version}
              view={view ?? 'fields'}
              onView={(next) =>
                void navigate({
                  to: paths.version(ws, commit),
                  search: { ...scope, ...(next === 'text' ? { view: next } : {}) },
                  replace: true,
                })
              }
              onPrevious={pages.newer}
              onNext={pages.older}
              action={(entry) =>
                // What the newest commit brought is here; only what it took away can come back.
                isPresent(version) && entry.change !== 'removed' ? null : (
                  <Restore ws={ws} version={version} entry={entry} />
                )
              }
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}

type HeadProps = {
  readonly ws: string
  readonly version: Comparison
  readonly scope: Scope
  readonly isPresent: boolean
}

function Head({ ws, version, scope, isPresent }: HeadProps) {
  const { to } = version
  if (to === null) return null
  const compare = { from: to.commit, ...scope }
  return (
    <PageHeader
      title={to.subject || '(no subject)'}
      lead={
        <>
          <VersionMeta version={to} />
          {scope !== null && (
            <span>
              Only {KIND_WORDS[scope.kind]} <code>{scope.slug}</code> is shown.{' '}
              <Link to={paths.version(ws, to.commit)} className="link">
                Show the whole commit
              </Link>
            </span>
          )}
        </>
      }
      actions={
        <>
          <Button renderRoot={(props) => <Link {...props} to={paths.compare(ws)} search={compare} />}>
            Compare with now
          </Button>
          {scope === null && !isPresent && <RestoreButton ws={ws} commit={to.commit} scope={null} />}
        </>
      }
    />
  )
}

/** The version brings it back as it is after the commit; what the commit took away, as it was before. */
function Restore({
  ws,
  version,
  entry,
}: {
  readonly ws: string
  readonly version: Comparison
  readonly entry: ComparedEntry
}) {
  const commit = entry.change === 'removed' ? version.from?.commit : version.to?.commit
  const { kind, slug } = entry
  if (commit === undefined || !isFileKind(kind)) return null
  return <RestoreButton ws={ws} commit={commit} scope={{ kind, slug }} />
}
