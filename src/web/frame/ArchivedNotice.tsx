import IconArchive from '@tabler/icons-react/dist/esm/icons/IconArchive.mjs'
import type { Session } from '../../core/wire/person.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Time } from '../components/Time.tsx'
import { Page } from './Page.tsx'
import { RestoreWorkspace } from './RestoreWorkspace.tsx'

/** In the place of every page of an archived workspace. */
export function ArchivedNotice({ workspace }: { readonly workspace: Session['archived'][number] }) {
  const title = `${workspace.name} is archived`
  return (
    <Page title={title}>
      <PageHeader
        title={title}
        lead={
          <>
            Archived <Time at={workspace.archivedAt} />
          </>
        }
      />
      <EmptyState
        icon={<IconArchive size={28} stroke={1.5} aria-hidden />}
        action={<RestoreWorkspace workspace={workspace} button={{ variant: 'filled' }} />}
      >
        Everything in it is kept. Nothing changes and nothing is synced until it is restored; then it is as it
        was.
      </EmptyState>
    </Page>
  )
}
