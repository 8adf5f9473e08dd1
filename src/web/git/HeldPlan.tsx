import IconHandStop from '@tabler/icons-react/dist/esm/icons/IconHandStop.mjs'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type HeldGroup, heldGroups } from '../../core/wire/held.ts'
import type { ApproveRun, Run } from '../../core/wire/run.ts'
import { approveRun, connectionQuery } from '../api/git.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { paths } from '../paths.ts'
import { Consent } from './Consent.tsx'
import c from './held.module.css'
import { HELD_WORDS, heldTitle } from './held-words.ts'
import { Group } from './PlanPicture.tsx'
import { heldGroup } from './plan-groups.ts'

/** What a held run would do and why it asks, each direction with its own consent (S16, S19). */
export function HeldPlan({ ws, run }: { readonly ws: string; readonly run: Run }) {
  const { data: connection } = useQuery(connectionQuery(ws))
  if (run.plan === null) return null
  const newest = connection?.status.heldRun ?? null
  return (
    <>
      {heldGroups(run.plan).map((group) => (
        <HeldDirection key={group.digest} ws={ws} run={run} group={group} isNewest={newest === run.id} />
      ))}
      {connection !== undefined && newest !== run.id && <Later ws={ws} newest={newest} />}
    </>
  )
}

type Props = {
  readonly ws: string
  readonly run: Run
  readonly group: HeldGroup
  readonly isNewest: boolean
}

function HeldDirection({ ws, run, group, isNewest }: Props) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const approve = useMutation({
    mutationFn: (dropped: ApproveRun['dropped']) =>
      approveRun(ws, run.id, { digest: group.digest, ...(dropped === undefined ? {} : { dropped }) }),
    onSuccess: (started) => navigate({ to: paths.run(ws, started.id) }),
    onSettled: () => client.invalidateQueries({ queryKey: ['ws', ws, 'git'] }),
  })
  const words = HELD_WORDS[group.first.reason]
  return (
    <section className={c.held} aria-label="Held for consent">
      <h2 className={c.title}>
        <IconHandStop size={18} stroke={2} aria-hidden /> {heldTitle(group)}
      </h2>
      {isNewest && (
        <>
          <p>
            {words.means(group.first.direction)} {words.instead}
          </p>
          {approve.error && <ErrorNotice error={approve.error} />}
          <Consent group={group} approving={approve.isPending} onApprove={approve.mutate} />
        </>
      )}
      {group.first.changes.length > 0 && <Group group={heldGroup(group.first)} />}
    </section>
  )
}

function Later({ ws, newest }: { readonly ws: string; readonly newest: string | null }) {
  if (newest === null) return <p className={c.later}>This waits no more: a later run has taken its place.</p>
  return (
    <p className={c.later}>
      A later run has taken its place.{' '}
      <Link to={paths.run(ws, newest)} className="link">
        Look at what waits now
      </Link>
    </p>
  )
}
