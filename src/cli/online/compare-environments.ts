import pc from 'picocolors'
import type { ResourceChange } from '../../core/format/compare-folders.ts'
import { type CounterpartWire, EnvironmentComparison } from '../../core/wire/environments.ts'
import { LIMIT_MAX } from '../../core/wire/list.ts'
import { plural } from '../print.ts'
import { createApi } from './client.ts'
import type { Target } from './options.ts'
import { onOneLine } from './words.ts'

export type ComparedEnvironments = {
  readonly from: string
  readonly to: string
  /** Without the fields that belong to the environment. */
  readonly changes: readonly ResourceChange[]
  readonly counterparts: readonly CounterpartWire[]
}

/** Two workspaces, compared by the server: what stands for each other is told apart there. */
export async function compareEnvironments(
  target: Pick<Target, 'server' | 'token'>,
  from: string,
  to: string,
): Promise<ComparedEnvironments> {
  const api = createApi(target)
  const changes: ResourceChange[] = []
  for (let cursor: string | null = ''; ; ) {
    const query = new URLSearchParams({ from, to, limit: String(LIMIT_MAX), ...(cursor && { cursor }) })
    const page: EnvironmentComparison = await api.get(`/environments/compare?${query}`, EnvironmentComparison)
    for (const { pending: _, impact: __, fields, ...change } of page.changes) {
      const real = fields.flatMap(({ environment, ...field }) => (environment ? [] : [field]))
      // The values came as JSON.
      changes.push({ ...change, fields: real } as ResourceChange)
    }
    cursor = page.nextCursor
    if (cursor === null) return { from, to, changes, counterparts: page.counterparts }
  }
}

/** `source warehouse → live (alias main): 12 resources`. */
export function counterpartLines({ from, to, counterparts }: ComparedEnvironments): string[] {
  if (counterparts.length === 0) return []
  const lines = counterparts.map(({ section, from: a, to: b, alias, resources }) => {
    const why = alias === null ? 'one name and type' : `alias ${onOneLine(alias)}`
    const what = section === 'sources' ? 'source' : 'destination'
    return pc.dim(`    ${what} ${onOneLine(a)} → ${onOneLine(b)} (${why}): ${plural(resources, 'resource')}`)
  })
  return ['', pc.dim(`The same thing in ${from} and in ${to}, and no difference:`), ...lines]
}
