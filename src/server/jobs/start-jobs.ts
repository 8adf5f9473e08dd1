import { EventEmitter } from 'node:events'
import { Logger, type Runner, run as runJobs, type WorkerEvents } from 'graphile-worker'
import * as z from 'zod'
import { startGitBySmallProcess } from '../../git/command.ts'
import { activeConnections } from '../../store/connections.ts'
import { enqueuePoll, POLL_TASK, SYNC_TASK, WEBHOOK_TASK } from '../../store/outbox.ts'
import { PULL_TASK, PULLS_TASK } from '../../store/pull-plans.ts'
import { purgeDeleted } from '../../store/tombstones.ts'
import { purgeDeliveries } from '../../store/webhooks.ts'
import { attend } from './attendance.ts'
import type { JobContext } from './context.ts'
import { followWebhook, pollConnection } from './poll.ts'
import { lookForPulls } from './pulls/look-for-pulls.ts'
import { planPull } from './pulls/plan-pull.ts'
import { syncConnection } from './sync-connection.ts'

const CONCURRENCY = 4
const STOP_MS = 5_000

const Payload = z.object({ connectionId: z.string() })
const PullPayload = z.object({ connectionId: z.string(), number: z.int() })

/** The background work of a server. Any number of servers can run on one database. */
export async function startJobs(context: JobContext): Promise<{ stop(): Promise<void> }> {
  const { db, log } = context
  const stopping = new AbortController()
  const attendance = await attend(context, () => stopping.abort())
  const git = await startGitBySmallProcess()
  const events: WorkerEvents = new EventEmitter()
  let held: Promise<void> = Promise.resolve()
  events.on('pool:create', ({ workerPool }) => {
    held = attendance.holdJobsAs(workerPool.id)
  })
  let runner: Runner | null = null
  const stop = async () => {
    stopping.abort()
    await runner?.stop().catch((error) => log.warn({ err: error }, 'jobs did not stop in time'))
    await attendance.stop()
    git.stop()
  }
  try {
    runner = await runJobs({
      events,
      connectionString: context.databaseUrl,
      concurrency: CONCURRENCY,
      noHandleSignals: true,
      // Jobs come by NOTIFY; this is for those whose time has come, such as polls.
      pollInterval: 500,
      gracefulShutdownAbortTimeout: STOP_MS,
      logger: quiet(context),
      taskList: {
        [SYNC_TASK]: async (payload) => {
          const { connectionId } = Payload.parse(payload)
          await held
          await syncConnection(context, attendance.id, connectionId, 'save', stopping.signal)
        },
        [POLL_TASK]: async (payload) => {
          const { connectionId } = Payload.parse(payload)
          await held
          await pollConnection(context, attendance.id, connectionId, stopping.signal)
        },
        [WEBHOOK_TASK]: async (payload) => {
          const { connectionId } = Payload.parse(payload)
          await held
          await followWebhook(context, attendance.id, connectionId, stopping.signal)
        },
        [PULLS_TASK]: async (payload) => {
          const { connectionId } = Payload.parse(payload)
          await held
          await lookForPulls(context, connectionId)
        },
        [PULL_TASK]: async (payload) => {
          const { connectionId, number } = PullPayload.parse(payload)
          await held
          await planPull(context, connectionId, number, stopping.signal)
        },
        purge: async () => {
          await purgeDeleted(db, new Date())
          await purgeDeliveries(db, new Date())
        },
      },
      crontab: '17 3 * * * purge',
    })
    for (const { id, pollSeconds } of await activeConnections(db)) {
      if (pollSeconds > 0) await enqueuePoll(db, id, pollSeconds)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}

/** Its own words go to our log at the lowest level; a job's faults are in its run. */
function quiet({ log }: JobContext): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.warn(message)
    else log.trace(message)
  })
}
