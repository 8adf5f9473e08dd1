import type { Prepared } from '../../../store/change-set/prepare.ts'
import { insertChangeSet, writeResources } from '../../../store/change-set/write.ts'
import type { Db } from '../../../store/database.ts'
import { connectionSlugs } from '../../../store/snapshot-queries.ts'
import { type Facts, known, type Work } from './work.ts'

/** S29: what the manifest names and the workspace lacks is created unconnected: slug, name and type. */
export async function newConnections(tx: Db, work: Work, facts: Facts): Promise<void> {
  const { mode, own } = known(facts.reading)
  if (mode !== 'first' || own.manifest === null) return
  const { workspaceId } = work.connection
  const present = await connectionSlugs(tx, workspaceId)
  const changes: Prepared[] = []
  for (const kind of ['sources', 'destinations'] as const) {
    const taken = new Set(present[kind])
    for (const [slug, entry] of own.manifest[kind]) {
      if (!taken.has(slug)) changes.push({ kind, slug, before: null, value: { ...entry } })
    }
  }
  if (changes.length === 0) return
  const actor = { id: null, name: 'Git', email: '' }
  const changeSetId = await insertChangeSet(tx, { workspaceId, kind: 'git', message: null, actor })
  const commitOid = known(facts.head).parent
  await writeResources(tx, { workspaceId, changeSetId, mode: 'settled', commitOid }, actor, changes)
}
