import { compareTwo, type Difference, environmentFields } from '../../core/environments/compare-two.ts'
import { correspondences } from '../../core/environments/environment.ts'
import { impactOf } from '../../core/impact/impact-of.ts'
import { type FileRef, resourceKey } from '../../core/model/resource.ts'
import type { EnvironmentChangeWire, EnvironmentComparison } from '../../core/wire/environments.ts'
import type { Db } from '../../store/database.ts'
import { resourcesByRef } from '../../store/resources.ts'
import type { Workspace } from '../../store/workspaces.ts'
import { gatherEnvironments } from './gather-environments.ts'

export type ComparedPage = { readonly from: number; readonly limit: number }
type Answer = Omit<EnvironmentComparison, 'nextCursor'> & { readonly next: number | null }

/** By digest first: only what differs, and of that only the page, is read as values. */
export async function compareWorkspaces(
  db: Db,
  from: Workspace,
  to: Workspace,
  page: ComparedPage,
): Promise<Answer> {
  // A workspace beside itself is gathered once: nothing differs.
  const [a, b = a] = await gatherEnvironments(db, [from, to], 'exact')
  if (a === undefined || b === undefined) throw new Error('each workspace was gathered')
  const { differences, counterparts, same } = compareTwo(a, b)
  const end = page.from + page.limit
  const shown = differences.slice(page.from, end)
  const refs = (side: 'before' | 'after') => shown.flatMap((one) => one[side] ?? [])
  const [before, after] = await Promise.all([
    resourcesByRef(db, from.id, refs('before')),
    resourcesByRef(db, to.id, refs('after')),
  ])
  const corresponds = correspondences(a, b)
  const valueIn = (rows: typeof before, ref: FileRef | null) =>
    (ref && rows.get(resourceKey(ref))?.value) ?? null
  const changes = shown.map((one) =>
    changeBody(
      one,
      environmentFields(one, valueIn(before, one.before), valueIn(after, one.after), corresponds),
    ),
  )
  return {
    from: from.slug,
    to: to.slug,
    counts: { ...countsOf(differences), same },
    changes,
    counterparts: [...counterparts],
    next: differences.length > end ? end : null,
  }
}

function changeBody(
  { kind, slug, change, before, isPending }: Difference,
  fields: ReturnType<typeof environmentFields>,
): EnvironmentChangeWire {
  const { word, reasons } = impactOf({ kind, change, fields: fields.filter((field) => !field.environment) })
  const renamed = change === 'renamed' && before ? { from: before.slug } : {}
  const impact = { word, reasons: [...reasons] }
  return { kind, slug, change, ...renamed, pending: isPending, fields, impact }
}

function countsOf(differences: readonly Difference[]) {
  const counts = { added: 0, removed: 0, changed: 0, renamed: 0 }
  for (const { change } of differences) counts[change] += 1
  return counts
}
