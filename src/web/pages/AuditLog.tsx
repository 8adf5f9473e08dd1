import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { auditFilter, auditQuery } from '../api/audit.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { Pager, usePages } from '../components/Pager.tsx'
import t from '../components/ResourceTable.module.css'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import type { AuditSearch } from '../search.ts'
import { AdminPage } from '../settings/AdminPage.tsx'
import { AuditFilters } from '../settings/AuditFilters.tsx'
import { AuditRow } from '../settings/AuditRow.tsx'
import c from '../settings/audit.module.css'

/** Every change of state with its actor (Z8), the newest first. */
export function AuditLog() {
  const search = useSearch({ from: '/$ws/settings/audit' })
  return (
    <AdminPage
      title="Audit log"
      lead="Who changed what, when and from where. Nobody changes or takes away an entry."
    >
      <Entries key={JSON.stringify(search)} search={search} />
    </AdminPage>
  )
}

function Entries({ search }: { readonly search: AuditSearch }) {
  const ws = useWorkspace()
  const navigate = useNavigate()
  const pages = usePages()
  const filter = auditFilter(search, Date.now())
  const query = useQuery(auditQuery(ws, filter, pages.cursor))
  const isFiltered = Object.keys(search).length > 0
  return (
    <>
      <AuditFilters
        ws={ws}
        search={search}
        filter={filter}
        onChange={(next) => navigate({ to: '.', search: next, replace: true })}
      />
      <Loaded query={query} skeleton={<RowsSkeleton />}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState>
              {isFiltered
                ? 'Nothing in the log matches. Take a filter away to see more.'
                : 'Saves, syncs, connections, members and keys are listed here as they change.'}
            </EmptyState>
          ) : (
            <div className={query.isPlaceholderData ? c.stale : undefined}>
              <table className={`${t.table} ${c.table}`} aria-label="Audit log">
                <thead>
                  <tr>
                    <th scope="col">
                      <span className="visually-hidden">Details</span>
                    </th>
                    <th scope="col">Who</th>
                    <th scope="col">What</th>
                    <th scope="col" data-wide>
                      By
                    </th>
                    <th scope="col" data-wide className={t.end}>
                      When
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((entry) => (
                    <AuditRow key={entry.id} ws={ws} entry={entry} />
                  ))}
                </tbody>
              </table>
              <Pager pages={pages} next={nextCursor} />
            </div>
          )
        }
      </Loaded>
    </>
  )
}
