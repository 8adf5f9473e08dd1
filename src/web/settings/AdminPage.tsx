import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { EmptyState } from '../components/EmptyState.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Page } from '../frame/Page.tsx'
import { NEEDS_ADMIN, useRights } from '../frame/use-workspace.ts'

type Props = {
  readonly title: string
  readonly lead: ReactNode
  readonly action?: { readonly word: string; readonly run: () => void }
  readonly children: ReactNode
}

/** A page of the settings: what it is for is told to everybody, what it holds is for admins. */
export function AdminPage({ title, lead, action, children }: Props) {
  const rights = useRights()
  return (
    <Page title={title}>
      <PageHeader
        title={title}
        lead={lead}
        actions={
          rights.admin &&
          action && (
            <Button variant="filled" onClick={action.run}>
              {action.word}
            </Button>
          )
        }
      />
      {rights.admin ? children : <EmptyState>{NEEDS_ADMIN}</EmptyState>}
    </Page>
  )
}
