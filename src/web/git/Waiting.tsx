import type { GitStatus } from '../../core/wire/git.ts'
import { BlockedWays } from './BlockedWays.tsx'
import { isStopped } from './faulty-files.ts'
import { HeldPlan } from './HeldPlan.tsx'
import { OldNames } from './OldNames.tsx'
import c from './overview.module.css'
import { useRun } from './use-run.ts'

/** What waits for a person, with the ways on, where the Overview names it. */
export function Waiting({ ws, status }: { readonly ws: string; readonly status: GitStatus }) {
  const blocked = status.state === 'blocked' ? status.lastRun : null
  return (
    <div className={c.waiting}>
      {blocked !== null && <Blocked ws={ws} id={blocked} />}
      {status.heldRun !== null && <Held ws={ws} id={status.heldRun} />}
      {status.forwards > 0 && <OldNames ws={ws} files={status.forwards} />}
    </div>
  )
}

type Props = { readonly ws: string; readonly id: string }

function Held({ ws, id }: Props) {
  const { data: run } = useRun(ws, id)
  return run === undefined ? null : <HeldPlan ws={ws} run={run} />
}

function Blocked({ ws, id }: Props) {
  const { data: run } = useRun(ws, id)
  return run !== undefined && isStopped(run) ? <BlockedWays ws={ws} run={run} /> : null
}
