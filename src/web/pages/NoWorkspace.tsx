import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from '../api/session.ts'
import { ArchivedList } from '../frame/ArchivedList.tsx'
import { NewWorkspaceForm } from '../frame/NewWorkspace.tsx'
import c from './SignIn.module.css'

/** Where a person lands who has no workspace yet. */
export function NoWorkspace() {
  const { data: session } = useQuery(sessionQuery)
  const archived = session?.archived ?? []
  return (
    <main className={c.page}>
      <title>Tandem</title>
      <div className={c.form}>
        <div>
          <h1 className={c.title}>{archived.length === 0 ? 'No workspace yet' : 'No workspace in use'}</h1>
          <p className={c.lead}>
            {session?.admin
              ? 'A workspace holds one schema, its sources and destinations, and is connected to one branch of a repository.'
              : 'An admin has to add you to a workspace. Then this page opens it.'}
          </p>
        </div>
        {session?.admin && <NewWorkspaceForm onDone={() => undefined} />}
        {archived.length > 0 && <ArchivedList archived={archived} />}
      </div>
    </main>
  )
}
