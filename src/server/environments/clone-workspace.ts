import { isConnectionKind } from '../../core/model/kind.ts'
import { commitChangeSetIn, type Write } from '../../store/change-sets.ts'
import type { Db } from '../../store/database.ts'
import { allResources } from '../../store/resources.ts'
import { createWorkspace, type Workspace } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { refusal } from '../routes/outcome.ts'
import { toBody } from '../routes/resource-body.ts'

type Asked = {
  readonly slug: string
  readonly name: string
  /** Where sources and destinations connect to, or their names and types alone. Secrets never come along. */
  readonly connections: 'copy' | 'names'
}

/** A new workspace with what another one has; it is connected to no repository. Null: the slug is taken. */
export async function cloneWorkspace(
  db: Db,
  from: Workspace,
  actor: Actor,
  { slug, name, connections }: Asked,
): Promise<Workspace | null> {
  const made = await db.transaction().execute(async (tx) => {
    const workspace = await createWorkspace(tx, { slug, name })
    if (workspace === null) return null
    const resources = await allResources(tx, from.id)
    const outcome = await commitChangeSetIn(tx, {
      workspaceId: workspace.id,
      actor: { id: actor.id, name: actor.name, email: actor.email },
      kind: 'import',
      message: `Cloned from ${from.slug}.`,
      writes: resources.map((one): Write => {
        const value = isConnectionKind(one.kind) && connections === 'names' ? named(one.value) : one.value
        return { kind: one.kind, slug: one.slug, value, isNew: true }
      }),
      deletes: [],
      renames: [],
    })
    if (outcome.kind !== 'saved') throw await refusal(outcome, (one) => toBody(tx, workspace.id, one))
    return workspace
  })
  return made
}

function named(value: Write['value']): Write['value'] {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key === 'name' || key === 'type'))
}
