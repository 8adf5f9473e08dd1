import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AuditEntry } from '../../core/wire/person.ts'
import { auditQuery } from '../api/settings.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import t from '../components/ResourceTable.module.css'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { Time } from '../components/Time.tsx'
import { Page } from '../frame/Page.tsx'
import { NEEDS_ADMIN, useRights, useWorkspace } from '../frame/use-workspace.ts'

/** Every change of state with its actor (Z8), the newest first. */
export function AuditLog() {
  const rights = useRights()
  return (
    <Page title="Audit log">
      <PageHeader title="Audit log" lead="Every change of state, and who made it." />
      {rights.admin ? <Entries /> : <EmptyState>{NEEDS_ADMIN}</EmptyState>}
    </Page>
  )
}

function Entries() {
  const ws = useWorkspace()
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null])
  const query = useQuery(auditQuery(ws, cursors.at(-1) ?? null))
  return (
    <Loaded query={query} skeleton={<RowsSkeleton />}>
      {({ items, nextCursor }) =>
        items.length === 0 ? (
          <EmptyState>Saves, syncs, connections, members and keys are listed here as they change.</EmptyState>
        ) : (
          <>
            <Table entries={items} />
            <div className={t.more}>
              {cursors.length > 1 && (
                <Button size="xs" onClick={() => setCursors(cursors.slice(0, -1))}>
                  Newer
                </Button>
              )}
              {nextCursor !== null && (
                <Button size="xs" onClick={() => setCursors([...cursors, nextCursor])}>
                  Older
                </Button>
              )}
            </div>
          </>
        )
      }
    </Loaded>
  )
}

function Table({ entries }: { readonly entries: readonly AuditEntry[] }) {
  return (
    <table className={t.table} aria-label="Audit log">
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Did</th>
          <th scope="col">To</th>
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
          const detail = entry.detail === null ? '' : JSON.stringify(entry.detail)
          return (
            <tr key={entry.id}>
              <td className={t.strong}>{entry.actor.name}</td>
              <td>
                <code>{entry.action}</code>
              </td>
              <td className={t.wraps}>{entry.subject}</td>
              <td data-wide className={t.wraps} title={detail}>
                <code className={t.clamped}>{detail}</code>
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
