import { aliasedField } from '../../core/environments/aliases.ts'
import type { LeftFile, RepositoryFacts, UnknownName } from '../../core/environments/doctor/facts.ts'
import type { Diagnostic } from '../../core/model/diagnostic.ts'
import { own } from '../../core/model/json.ts'
import type { Plan } from '../../core/plan/plan.ts'
import type { Snapshot } from '../../core/plan/snapshot.ts'
import type { Connection } from '../../store/connections.ts'
import type { Context } from '../context.ts'
import { lookAtConnection } from '../jobs/plan-connection.ts'
import { problemOf } from '../jobs/sync/sync-error.ts'
import { known } from '../jobs/sync/work.ts'
import { within } from './within.ts'

/** A first sync reads every file; a later one what moved. */
const LOOK_MS = 30_000

export type Look = {
  readonly repository: RepositoryFacts
  /** As a sync would leave it now; null where the files could not be read. */
  readonly left: { readonly aside: readonly LeftFile[]; readonly pending: readonly LeftFile[] } | null
}

/** What a sync would find now: its own plan, made and thrown away (S1). */
export async function lookAtRepository(
  context: Context,
  connection: Connection,
  signal: AbortSignal,
): Promise<Look> {
  try {
    const looked = await within(LOOK_MS, signal, (given) =>
      lookAtConnection(context, connection.id, {}, given),
    )
    if ('kind' in looked) return unread(`reading took more than ${looked.seconds} seconds.`)
    const { plan, facts } = looked
    const { own: files } = known(facts.reading)
    const snapshot = known(facts.snapshot)
    const repository: RepositoryFacts = {
      kind: 'read',
      hasAliasFile: files.aliasBlob !== null,
      aliasProblems: plan.diagnostics.filter(({ file }) => file === files.aliasPath),
      unknownNames: unknownNames(snapshot),
      errors: plan.stopped ? stopping(plan, files.aliasPath) : [],
      slugs: {
        sources: [...snapshot.connections.sources].sort(),
        destinations: [...snapshot.connections.destinations].sort(),
      },
    }
    return { repository, left: { aside: plan.aside, pending: plan.pending } }
  } catch (error) {
    if (signal.aborted) throw error
    const { code, message } = problemOf(error)
    if (code === 'internal') context.log.warn({ err: error }, 'the checklist could not make a plan')
    return unread(message)
  }
}

function unread(message: string): Look {
  return { repository: { kind: 'unread', message }, left: null }
}

/** What is set aside is told as that, and a faulty alias stops nothing (S14). */
function stopping({ diagnostics, aside }: Plan, aliasPath: string): Diagnostic[] {
  const left = new Set([aliasPath, ...aside.map(({ path }) => path)])
  return diagnostics.filter(({ severity, file }) => severity === 'error' && !left.has(file))
}

function unknownNames({ pairs, connections }: Snapshot): UnknownName[] {
  const found = new Map<string, Omit<UnknownName, 'paths'> & { paths: string[] }>()
  for (const { file, role } of pairs) {
    if (file?.kind !== 'read' || role === 'context') continue
    const field = aliasedField(file.ref.kind)
    if (field === null) continue
    const [name, slug] = [own(file.fileValue, field.key), own(file.value, field.key)]
    if (typeof name !== 'string' || typeof slug !== 'string') continue
    const { section } = field
    if (connections[section].has(slug)) continue
    const key = `${section}:${name}`
    const entry = found.get(key) ?? { section, name, paths: [] }
    entry.paths.push(file.path)
    found.set(key, entry)
  }
  return [...found.values()]
}
