import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Kind } from '../../core/model/kind.ts'
import { type NamesBySlug, nameOf } from '../words/resource-name.ts'
import { listQuery, type Resource } from './resources.ts'

const NAMED = ['parent-models', 'related-models', 'event-models', 'models', 'destinations'] as const

/** What relationships and syncs join, by name; asked for only where such a kind is shown. */
export function useNames(ws: string, kind: Kind): NamesBySlug {
  const enabled = kind === 'model-relationships' || kind === 'syncs'
  const [parents, related, events, models, destinations] = useQueries({
    queries: NAMED.map((named) => ({ ...listQuery(ws, named), enabled })),
    combine: combined,
  })
  return useMemo(
    () => ({
      schema: new Map([...named(parents), ...named(related), ...named(events)]),
      models: new Map(named(models)),
      destinations: new Map(named(destinations)),
    }),
    [parents, related, events, models, destinations],
  )
}

type List = readonly Resource[] | undefined

function combined(results: readonly { readonly data: List }[]): readonly List[] {
  return results.map(({ data }) => data)
}

function named(list: List): [string, string][] {
  // Any of these kinds has a name of its own.
  return (list ?? []).map((one) => [one.slug, nameOf('models', one)])
}
