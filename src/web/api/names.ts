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

const JOINING = ['model-relationships', 'syncs'] as const
type Named = { readonly kind: Kind; readonly slug: string; readonly name: string }

/** The title of each of `items`: the server names relationships and syncs by their slugs. */
export function useTitles(ws: string, items: readonly Named[]): (item: Named) => string {
  const has = (kind: Kind) => items.some((item) => item.kind === kind)
  const [relationships, syncs] = useQueries({
    queries: JOINING.map((kind) => ({ ...listQuery(ws, kind), enabled: has(kind) })),
    combine: combined,
  })
  const names = useNames(ws, JOINING.find(has) ?? 'models')
  return ({ kind, slug, name }) => {
    const list = kind === 'syncs' ? syncs : kind === 'model-relationships' ? relationships : undefined
    const found = list?.find((one) => one.slug === slug)
    return found === undefined ? name : nameOf(kind, found, names)
  }
}

type List = readonly Resource[] | undefined

function combined(results: readonly { readonly data: List }[]): readonly List[] {
  return results.map(({ data }) => data)
}

function named(list: List): [string, string][] {
  // Any of these kinds has a name of its own.
  return (list ?? []).map((one) => [one.slug, nameOf('models', one)])
}
