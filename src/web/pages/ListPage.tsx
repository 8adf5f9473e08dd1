import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useNames } from '../api/names.ts'
import { listQuery } from '../api/resources.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { KindIcon } from '../components/KindIcon.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { NewButton } from '../components/NewButton.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import t from '../components/ResourceTable.module.css'
import { ResourceTable } from '../components/ResourceTable.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { arrange, rowsOf } from '../components/resource-rows.ts'
import { SearchField } from '../components/SearchField.tsx'
import { NotFound } from '../frame/NotFound.tsx'
import { Page } from '../frame/Page.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { type ListSearch, nextSort } from '../search.ts'
import { count } from '../words/count.ts'
import { columnText } from './list-columns.tsx'
import { LIST_SECTIONS } from './list-sections.ts'

/** Models, Syncs, Sources, Destinations: one page, four tables. */
export function ListPage() {
  const { section: name } = useParams({ from: '/$ws/$section' })
  const section = Object.hasOwn(LIST_SECTIONS, name) ? LIST_SECTIONS[name] : undefined
  return section === undefined ? <NotFound /> : <List key={name} section={section} />
}

function List({ section }: { readonly section: NonNullable<(typeof LIST_SECTIONS)[string]> }) {
  const ws = useWorkspace()
  const navigate = useNavigate()
  const search = useSearch({ from: '/$ws/$section' })
  const query = useQuery(listQuery(ws, section.kind))
  const names = useNames(ws, section.kind)
  const go = (next: ListSearch) => navigate({ to: '.', search: next, replace: true })
  return (
    <Page title={section.title}>
      <PageHeader title={section.title} lead={section.lead} actions={<NewButton kind={section.kind} />} />
      <Loaded query={query} skeleton={<RowsSkeleton />}>
        {(resources) => {
          if (resources.length === 0) {
            return <EmptyState icon={<KindIcon kind={section.kind} size={28} />}>{section.empty}</EmptyState>
          }
          const rows = arrange(rowsOf(section.kind, resources, names), search, columnText)
          return (
            <>
              <div className={t.tools}>
                <SearchField
                  label={`Search ${section.title.toLowerCase()}`}
                  value={search.q ?? ''}
                  onChange={(q) => go(withQuery(search, q))}
                />
                <span className={t.slug}>{count(rows.length, section.title.slice(0, -1).toLowerCase())}</span>
              </div>
              <ResourceTable
                label={section.title}
                rows={rows}
                columns={section.columns}
                search={search}
                onSort={(key) => go(nextSort(search, key))}
              />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function withQuery({ q: _, ...rest }: ListSearch, q: string): ListSearch {
  return q === '' ? rest : { ...rest, q }
}
