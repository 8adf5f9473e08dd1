import { isFinal } from '../core/wire/run.ts'
import { getRun } from '../store/runs.ts'
import type { Context } from './context.ts'
import { waitUntil } from './wait-until.ts'

/** Resolves when the run has ended, the time is over or the asker is gone. */
export async function waitForRun(
  { db, events }: Pick<Context, 'db' | 'events'>,
  workspaceId: string,
  id: string,
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  await waitUntil(
    { events },
    {
      workspaceId,
      ms,
      signal,
      concerns: (event) => event.type === 'run' && event.run === id,
      look: () => getRun(db, workspaceId, id),
      isEnough: (run) => run === null || isFinal(run.state),
    },
  )
}
