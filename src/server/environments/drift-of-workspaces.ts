import { driftOf } from '../../core/environments/drift.ts'
import type { EnvironmentDrift } from '../../core/wire/environments.ts'
import type { Db } from '../../store/database.ts'
import { beforeDays, daysTogether } from '../../store/drift.ts'
import type { Workspace } from '../../store/workspaces.ts'
import { gatherEnvironments } from './gather-environments.ts'

const EIGHT_WEEKS = 56

/** One consistent look: a save between two readings would be walked back without having been there. */
export async function driftOfWorkspaces(db: Db, from: Workspace, to: Workspace): Promise<EnvironmentDrift> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const ids = [from.id, to.id]
      const days = await daysTogether(tx, ids, EIGHT_WEEKS)
      const [, second] = days
      const changes = second === undefined ? [] : await beforeDays(tx, ids, second)
      const gathered = await gatherEnvironments(tx, [from, to], 'exact')
      const [a, b = a] = gathered
      if (a === undefined || b === undefined) throw new Error('each workspace was gathered')
      const of = (id: string) => changes.filter(({ workspaceId }) => workspaceId === id)
      const drift = driftOf({ from: a, to: b }, { from: of(from.id), to: of(to.id) }, days)
      return { from: from.slug, to: to.slug, days: drift }
    })
}
