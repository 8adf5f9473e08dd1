import { isFinal, Run } from '../../core/wire/run.ts'
import { printNote } from '../print.ts'
import type { Client } from './client.ts'

const RETRIES = 5

/** Follows a run to its end and tells its steps on standard error. The stream may break; the run goes on, and so does this. */
export async function followRun(client: Client, { id, state }: Run): Promise<Run> {
  const path = `/git/runs/${encodeURIComponent(id)}`
  if (isFinal(state)) return client.get(path, Run)
  const told = new Set<string>()
  for (let attempt = 0; attempt < RETRIES; attempt += 1) {
    for await (const run of client.follow(`${path}/events`, Run)) {
      for (const { name, done, total } of run.phases) {
        const line = total > 0 ? `${name} ${done} of ${total}` : name
        if (!told.has(line)) printNote(line)
        told.add(line)
      }
      if (isFinal(run.state)) return run
    }
  }
  return client.get(path, Run)
}
