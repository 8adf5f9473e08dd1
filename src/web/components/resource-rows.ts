import type { Kind } from '../../core/model/kind.ts'
import type { Resource } from '../api/resources.ts'
import type { ListSearch, SortKey } from '../search.ts'
import { type NamesBySlug, NO_NAMES, nameOf } from '../words/resource-name.ts'

export type Row = {
  readonly kind: Kind
  readonly slug: string
  readonly name: string
  readonly resource: Resource
}

export function rowsOf(kind: Kind, resources: readonly Resource[], names: NamesBySlug = NO_NAMES): Row[] {
  return resources.map((resource) => ({
    kind,
    slug: resource.slug,
    name: nameOf(kind, resource, names),
    resource,
  }))
}

/** The rows that the filter leaves, in the order of the sort; by name where the sort says nothing. */
export function arrange(
  rows: readonly Row[],
  search: ListSearch,
  textOfColumn: (row: Row, key: SortKey) => string,
): Row[] {
  const wanted = search.q?.trim().toLowerCase() ?? ''
  const left = rows.filter(
    (row) =>
      wanted === '' || row.name.toLowerCase().includes(wanted) || row.slug.toLowerCase().includes(wanted),
  )
  const key = search.sort ?? 'name'
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  const text = (row: Row) => (key === 'name' ? row.name : textOfColumn(row, key))
  const sign = search.desc ? -1 : 1
  return left.sort(
    (a, b) =>
      sign * collator.compare(text(a), text(b)) ||
      collator.compare(a.name, b.name) ||
      collator.compare(a.slug, b.slug),
  )
}
