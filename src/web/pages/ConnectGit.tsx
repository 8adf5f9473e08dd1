import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Connection } from '../../core/wire/git.ts'
import { connectionQuery } from '../api/git.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { CredentialsStep } from '../connect/CredentialsStep.tsx'
import c from '../connect/connect.module.css'
import { DoneStep } from '../connect/DoneStep.tsx'
import { draftOf, firstStep, type Step } from '../connect/draft.ts'
import { forget, keep, readKept } from '../connect/kept-draft.ts'
import { PlanStep } from '../connect/PlanStep.tsx'
import { RepositoryStep } from '../connect/RepositoryStep.tsx'
import { StepList } from '../connect/StepList.tsx'
import { Page } from '../frame/Page.tsx'
import { NEEDS_ADMIN, useRights, useWorkspace } from '../frame/use-workspace.ts'

const LEADS: Readonly<Record<Step, string>> = {
  credentials: 'Nothing is read or written before you start the first sync.',
  repository: 'Nothing is read or written before you start the first sync.',
  plan: 'The repository was read for this plan. Nothing is written before you start the first sync.',
  done: 'What the first sync did is below.',
}

/** Connect Git, step by step (W4). It may be left at any step and taken up again. */
export function ConnectGit() {
  const ws = useWorkspace()
  const rights = useRights()
  const search = useSearch({ from: '/$ws/git/connect' })
  const query = useQuery(connectionQuery(ws))
  return (
    <Page title="Connect Git">
      <PageHeader
        title="Connect Git"
        {...(query.data === undefined ? {} : { lead: LEADS[stepOf(search.step, query.data)] })}
      />
      {rights.admin ? (
        <Loaded query={query} skeleton={<FormSkeleton />}>
          {(connection) => <Wizard key={ws} ws={ws} connection={connection} />}
        </Loaded>
      ) : (
        <EmptyState>{NEEDS_ADMIN}</EmptyState>
      )}
    </Page>
  )
}

/** The plan needs a stored connection: a link to it without one begins at the start. */
function stepOf(search: Step | undefined, connection: Connection | null): Step {
  const asked = search ?? firstStep(connection)
  return asked === 'plan' && connection === null ? 'credentials' : asked
}

function Wizard({ ws, connection }: { readonly ws: string; readonly connection: Connection | null }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const search = useSearch({ from: '/$ws/git/connect' })
  const [draft, setDraft] = useState(() => (connection === null ? readKept(ws) : draftOf(connection)))
  const step = stepOf(search.step, connection)
  const go = (next: Step, run?: string) =>
    navigate({ to: '.', search: { step: next, ...(run === undefined ? {} : { run }) } })
  const change = (by: Partial<typeof draft>) => {
    const next = { ...draft, ...by }
    setDraft(next)
    keep(ws, next)
  }
  const shared = { ws, draft, stored: connection, change }
  return (
    <div className={c.wizard}>
      <StepList step={step} />
      {step === 'credentials' && <CredentialsStep {...shared} onNext={() => go('repository')} />}
      {step === 'repository' && (
        <RepositoryStep
          {...shared}
          onBack={() => go('credentials')}
          onStored={(stored) => {
            forget(ws)
            client.setQueryData(connectionQuery(ws).queryKey, stored)
            void go(stored.status.state === 'never-synced' ? 'plan' : 'done')
          }}
        />
      )}
      {step === 'plan' && connection !== null && (
        <PlanStep
          ws={ws}
          connection={connection}
          onBack={() => go('repository')}
          onStarted={(run) => go('done', run.id)}
        />
      )}
      {step === 'done' && <DoneStep ws={ws} run={search.run ?? null} />}
    </div>
  )
}
