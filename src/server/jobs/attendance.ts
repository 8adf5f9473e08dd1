import { randomUUID } from 'node:crypto'
import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isAlive } from '../../git/is-alive.ts'
import { tellCutOff } from '../../store/audit-intents.ts'
import { enqueueSync } from '../../store/outbox.ts'
import {
  beat,
  registerWorker,
  releaseStrayJobs,
  releaseWorkers,
  reviveJobs,
  silentWorkers,
  unattendedConnections,
  type Worker,
  workersOf,
} from '../../store/workers.ts'
import type { JobContext } from './context.ts'

const BEAT_MS = 3_000

/** Of this very process; any other with its process id is one that it has replaced. */
const own = new Set<string>()

export type Attendance = {
  readonly id: string
  /** Says under which names this process holds jobs; to be told before it works on one. */
  holdJobsAs(name: string): Promise<void>
  stop(): Promise<void>
}

/**
 * This process is there, and looks after what the dead left behind (S26): their leases, jobs and queues are
 * freed, their runs finished. On the same machine a dead process is known at once, elsewhere by its silence.
 */
export async function attend(context: JobContext, onDead: () => void): Promise<Attendance> {
  const { db, log } = context
  const self: Worker = { id: randomUUID(), place: placeOfProcesses(), pid: process.pid }
  const jobWorkers = new Set<string>()
  own.add(self.id)
  await registerWorker(db, self)
  await tidy(context, self)
  const timer = setInterval(() => {
    const round = async () => {
      if (!(await beat(db, self.id, [...jobWorkers]))) return onDead()
      await tidy(context, self)
    }
    round().catch((error) => log.warn({ err: error }, 'the heartbeat failed'))
  }, BEAT_MS)
  return {
    id: self.id,
    holdJobsAs: async (name) => {
      jobWorkers.add(name)
      await beat(db, self.id, [...jobWorkers])
    },
    stop: async () => {
      clearInterval(timer)
      own.delete(self.id)
      await releaseWorkers(db, [self.id])
    },
  }
}

async function tidy({ db }: JobContext, self: Worker): Promise<void> {
  const neighbours = await workersOf(db, self.place)
  const dead = neighbours.filter(({ id, pid }) => !own.has(id) && (pid === self.pid || !isAlive(pid)))
  const silent = (await silentWorkers(db)).filter((id) => id !== self.id)
  await releaseWorkers(db, [...new Set([...dead.map((worker) => worker.id), ...silent])])
  await releaseStrayJobs(db)
  await reviveJobs(db)
  await tellCutOff(db)
  for (const id of await unattendedConnections(db)) await enqueueSync(db, id)
}

/** Where a process id means a process: the machine and, on Linux, its namespace of process ids. */
function placeOfProcesses(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}
