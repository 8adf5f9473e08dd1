import { useNavigate } from '@tanstack/react-router'
import { ResourceTable } from '../components/ResourceTable.tsx'
import { arrange, type Row } from '../components/resource-rows.ts'
import f from '../frame/frame.module.css'
import { columnText, SCHEMA_COLUMNS } from '../pages/list-columns.tsx'
import { nextSort, type SchemaSearch } from '../search.ts'
import { NO_NAMES, nameOf } from '../words/resource-name.ts'
import type { SchemaGraph } from './schema-graph.ts'

type Props = { readonly graph: SchemaGraph; readonly search: SchemaSearch }

export function SchemaList({ graph, search }: Props) {
  const navigate = useNavigate()
  const schema = new Map(graph.cards.map(({ id, name }) => [id, name]))
  const rows: Row[] = [
    ...graph.cards.map(({ kind, id, name, resource }) => ({ kind, slug: id, name, resource })),
    ...graph.relations.map(({ id, resource }) => {
      const kind = 'model-relationships' as const
      return { kind, slug: id, name: nameOf(kind, resource, { ...NO_NAMES, schema }), resource }
    }),
  ]
  return (
    <div className={f.page}>
      <ResourceTable
        label="Schema"
        rows={arrange(rows, search, columnText)}
        columns={SCHEMA_COLUMNS}
        search={search}
        onSort={(key) => navigate({ to: '.', search: nextSort(search, key), replace: true })}
      />
    </div>
  )
}
