import { useQuery } from '@tanstack/react-query'
import { endSession, sessionsQuery } from '../api/people.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import c from './people.module.css'
import { SessionTable } from './SessionTable.tsx'

/** Where the members are signed in, for an admin who has to lock somebody out at once. */
export function MemberSessions({ ws }: { readonly ws: string }) {
  const { data, error } = useQuery(sessionsQuery(ws))
  if (error) return <ErrorNotice error={error} />
  if (data === undefined || data.items.length === 0) return null
  return (
    <section className={c.section} aria-labelledby="sessions">
      <h2 id="sessions">Sessions</h2>
      <SessionTable
        sessions={data.items}
        named
        refresh={sessionsQuery(ws).queryKey}
        end={(id) => endSession(ws, id)}
      />
    </section>
  )
}
