import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Connection } from '../../core/wire/git.ts'
import { connectionQuery } from '../api/git.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { Facts } from '../components/Facts.tsx'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Time } from '../components/Time.tsx'
import { Page } from '../frame/Page.tsx'
import { useRights, useWorkspace } from '../frame/use-workspace.ts'
import { connectionFacts } from '../git/connection-facts.tsx'
import { Disconnect } from '../git/Disconnect.tsx'
import { LastCommit } from '../git/LastCommit.tsx'
import c from '../git/overview.module.css'
import { Reviews } from '../git/Reviews.tsx'
import { StateLine } from '../git/StateLine.tsx'
import { SyncButtons } from '../git/SyncButtons.tsx'
import { Waiting } from '../git/Waiting.tsx'
import { WebhookDialog } from '../git/WebhookDialog.tsx'
import { paths } from '../paths.ts'

/** How the workspace and its repository stand to each other (W5). */
export function GitOverview() {
  const ws = useWorkspace()
  const query = useQuery(connectionQuery(ws))
  return (
    <Page title="Overview">
      <Loaded query={query} skeleton={<FormSkeleton />}>
        {(connection) =>
          connection === null ? <NotConnected ws={ws} /> : <Connected ws={ws} connection={connection} />
        }
      </Loaded>
    </Page>
  )
}

function NotConnected({ ws }: { readonly ws: string }) {
  const rights = useRights()
  return (
    <>
      <PageHeader title="Overview" />
      <EmptyState
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
        This page shows how the workspace and its Git repository stand to each other. Every save becomes a
        commit, every pushed commit arrives here.
      </EmptyState>
    </>
  )
}

function Connected({ ws, connection }: { readonly ws: string; readonly connection: Connection }) {
  const rights = useRights()
  const { status } = connection
  if (status.state === 'never-synced') {
    return (
      <>
        <PageHeader title="Overview" />
        <EmptyState
          action={
            <Button variant="filled" component={Link} to={paths.connect(ws)}>
              Go on with the first sync
            </Button>
          }
        >
          <code>{connection.url}</code> is connected. Nothing is read or written before the first sync.
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <PageHeader title="Overview" actions={<SyncButtons ws={ws} quiet={status.heldRun !== null} />} />
      <StateLine ws={ws} status={status} />
      <Waiting ws={ws} status={status} />
      <Reviews ws={ws} connection={connection} />
      <div className={c.two}>
        <LastCommit
          ws={ws}
          title="Last from Git"
          tone="blue"
          commit={status.lastInbound}
          none="Nothing came from Git yet."
        />
        <LastCommit
          ws={ws}
          title="Last to Git"
          tone="violet"
          commit={status.lastOutbound}
          none="Nothing went to Git yet."
        />
      </div>
      <section className={c.section}>
        <h2>Connection</h2>
        <Facts
          facts={[
            ...connectionFacts(connection),
            {
              label: 'Last agreed',
              value: status.syncedAt === null ? 'never' : <Time at={status.syncedAt} />,
            },
          ]}
        />
        {rights.admin && (
          <div className={c.actions}>
            <Button component={Link} to={paths.connect(ws)}>
              Change connection
            </Button>
            <WebhookDialog ws={ws} />
            <Disconnect ws={ws} />
          </div>
        )}
      </section>
    </>
  )
}
