import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '../../core/wire/person.ts'
import { auditQuery } from '../api/settings.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { Pager, usePages } from '../components/Pager.tsx'
import t from '../components/ResourceTable.module.css'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { Time } from '../components/Time.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { AdminPage } from '../settings/AdminPage.tsx'
import { type AuditLine, auditLine } from '../settings/audit-words.ts'
import { sentence } from '../words/count.ts'

/** Every change of state with its actor (Z8), the newest first. */
export function AuditLog() {
  return (
    <AdminPage title="Audit log" lead="Every change of state, and who made it.">
      <Entries />
    </AdminPage>
  )
}

function Entries() {
  const ws = useWorkspace()
  const pages = usePages()
  const query = useQuery(auditQuery(ws, pages.cursor))
  return (
    <Loaded query={query} skeleton={<RowsSkeleton />}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <EmptyState>Saves, syncs, connections, members and keys are listed here as they change.</EmptyState>
        ) : (
          <>
            <Table entries={items} />
            <Pager pages={pages} next={nextCursor} />
          </>
        )
      }
    </Loaded>
  )
}

function Table({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const ws = useWorkspace()
  return (
    <table className={t.table} aria-label="Audit log">
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col" data-wide>
            Detail
          </th>
          <th scope="col" data-wide className={t.end}>
            When
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const { did, what, facts } = auditLine(ws, entry)
          const detail = sentence(facts.join(', '))
          return (
            <tr key={entry.id}>
              <td className={t.strong}>{entry.actor.name}</td>
              <td className={t.wraps} title={entry.action}>
                {did} {what && <What what={what} />}
                <p className={t.beneath}>
                  {detail === '' ? '' : `${detail}, `}
                  <Time at={entry.at} />
                </p>
              </td>
              <td data-wide className={t.wraps}>
                {detail}
              </td>
              <td data-wide className={t.end}>
                <Time at={entry.at} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function What({ what: { text, to } }: { readonly what: NonNullable<AuditLine['what']> }) {
  return to === null ? (
    <strong className={t.strong}>{text}</strong>
  ) : (
    <Link to={to} className={t.link}>
      {text}
    </Link>
  )
}
