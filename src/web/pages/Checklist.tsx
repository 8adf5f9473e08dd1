import { Button } from '@mantine/core'
import IconChecklist from '@tabler/icons-react/dist/esm/icons/IconChecklist.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { doctorQuery } from '../api/doctor.ts'
import { connectionQuery } from '../api/git.ts'
import { byState, verdict } from '../checklist/by-state.ts'
import { CheckRow } from '../checklist/CheckRow.tsx'
import c from '../checklist/checklist.module.css'
import { EmptyState } from '../components/EmptyState.tsx'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { Time } from '../components/Time.tsx'
import { Page } from '../frame/Page.tsx'
import { useRights, useWorkspace } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'

/** Is everything ready for Git Sync, and if not, what to do (S27). */
export function Checklist() {
  const ws = useWorkspace()
  const connection = useQuery(connectionQuery(ws))
  return (
    <Page title="Checklist">
      <Loaded query={connection} skeleton={<RowsSkeleton rows={6} />}>
        {(found) => (found === null ? <NotConnected ws={ws} /> : <Checks ws={ws} />)}
      </Loaded>
    </Page>
  )
}

function NotConnected({ ws }: { readonly ws: string }) {
  const rights = useRights()
  return (
    <>
      <PageHeader title="Checklist" />
      <EmptyState
        icon={<IconChecklist size={28} stroke={1.5} aria-hidden />}
        action={
          rights.admin ? (
            <Button variant="filled" component={Link} to={paths.connect(ws)}>
              Connect repository
            </Button>
          ) : (
            <p>An admin of this workspace connects it.</p>
          )
        }
      >
        Once a repository is connected, this page checks live that everything is ready for Git Sync, and says
        how to mend what is not.
      </EmptyState>
    </>
  )
}

function Checks({ ws }: { readonly ws: string }) {
  const query = useQuery(doctorQuery(ws))
  return (
    <>
      <PageHeader
        title="Checklist"
        lead="Checked live: the repository, its files, every source, and the other workspaces on the same repository."
        actions={
          <Button variant="filled" loading={query.isFetching} onClick={() => void query.refetch()}>
            Check again
          </Button>
        }
      />
      <Loaded query={query} skeleton={<RowsSkeleton rows={10} />}>
        {({ items }) => (
          <>
            <p className={c.verdict} role="status">
              {verdict(items)}
              <span className={c.checked}>
                {query.isFetching ? (
                  'Checking…'
                ) : (
                  <>
                    Checked <Time at={new Date(query.dataUpdatedAt).toISOString()} />
                  </>
                )}
              </span>
            </p>
            {query.error && <ErrorNotice error={query.error} />}
            <div className={c.groups}>
              {byState(items).map((group) => (
                <section key={group.state} className={c.group} aria-label={group.title}>
                  <h2>{group.title}</h2>
                  <ul className={c.list}>
                    {group.items.map((item) => (
                      <CheckRow key={item.id} ws={ws} item={item} />
                    ))}
                  </ul>
                </section>
              ))}
            </div>
          </>
        )}
      </Loaded>
    </>
  )
}
