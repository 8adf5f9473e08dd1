import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs'
import { useQuery } from '@tanstack/react-query'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { Deleted } from '../../core/wire/resource.ts'
import { deletedQuery } from '../api/deleted.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { KindIcon } from '../components/KindIcon.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { Pager, usePages } from '../components/Pager.tsx'
import t from '../components/ResourceTable.module.css'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { Time } from '../components/Time.tsx'
import { RestoreDeleted } from '../deleted/RestoreDeleted.tsx'
import { Page } from '../frame/Page.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { sentence } from '../words/count.ts'

/** What was deleted in the last 30 days, here or by a commit, and can come back (S15). */
export function DeletedPage() {
  const ws = useWorkspace()
  const pages = usePages()
  const query = useQuery(deletedQuery(ws, pages.cursor))
  return (
    <Page title="Deleted">
      <PageHeader
        title="Deleted"
        lead="What was deleted here or in Git is kept for 30 days. Restoring is a new save, and a new commit."
      />
      <Loaded query={query} skeleton={<RowsSkeleton rows={4} />}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconTrash size={28} stroke={1.5} aria-hidden />}>
              Nothing was deleted in the last 30 days. What is deleted stands here until then, whoever deleted
              it.
            </EmptyState>
          ) : (
            <>
              <DeletedTable ws={ws} items={items} />
              <Pager pages={pages} next={nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function DeletedTable({ ws, items }: { readonly ws: string; readonly items: readonly Deleted[] }) {
  return (
    <table className={t.table} aria-label="Deleted">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" data-wide>
            Kind
          </th>
          <th scope="col">Deleted</th>
          <th scope="col" className={t.end}>
            <span className="visually-hidden">Restore</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id}>
            <td>
              <div className={t.name}>
                <KindIcon kind={one.kind} />
                <div className={t['name-words']}>
                  <span className={t.strong}>{one.name}</span>
                  {one.name !== one.slug && <code className={t.slug}>{one.slug}</code>}
                </div>
              </div>
            </td>
            <td data-wide>{sentence(KIND_WORDS[one.kind])}</td>
            <td>
              {one.deletedBy ?? 'By a commit'}, <Time at={one.deletedAt} />
            </td>
            <td className={t.end}>
              <RestoreDeleted ws={ws} deleted={one} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
