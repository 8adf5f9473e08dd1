import { Button } from '@mantine/core'
import IconArrowDown from '@tabler/icons-react/dist/esm/icons/IconArrowDown.mjs'
import IconArrowUp from '@tabler/icons-react/dist/esm/icons/IconArrowUp.mjs'
import { Link, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useWorkspace } from '../frame/use-workspace.ts'
import { GitPill } from '../git/GitPill.tsx'
import { paths } from '../paths.ts'
import type { ListSearch, SortKey } from '../search.ts'
import { count } from '../words/count.ts'
import { KindIcon } from './KindIcon.tsx'
import c from './ResourceTable.module.css'
import type { Row } from './resource-rows.ts'

export type Column = { readonly key: SortKey; readonly label: string; readonly cell: (row: Row) => ReactNode }

type Props = {
  readonly label: string
  /** Filtered and sorted. */
  readonly rows: readonly Row[]
  readonly columns: readonly Column[]
  readonly search: ListSearch
  readonly onSort: (key: SortKey) => void
}

/** Rows are drawn in pages: ten thousand at once would hold up the browser. */
const SHOWN_AT_ONCE = 200

export function ResourceTable({ label, rows, columns, search, onSort }: Props) {
  const [shown, setShown] = useState(SHOWN_AT_ONCE)
  const all: readonly Column[] = [
    { key: 'name', label: 'Name', cell: (row) => <NameCell row={row} /> },
    ...columns,
  ]
  return (
    <>
      <table className={c.table} aria-label={label}>
        <thead>
          <tr>
            {all.map((column) => (
              <Heading key={column.key} column={column} search={search} onSort={onSort} />
            ))}
            <th scope="col" className={c.end}>
              Git
            </th>
          </tr>
        </thead>
        <tbody onKeyDown={moveFocus}>
          {rows.slice(0, shown).map((row) => (
            <TableRow key={`${row.kind}:${row.slug}`} row={row} columns={all} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className={c.none}>Nothing here is called “{search.q}”.</p>}
      {rows.length > shown && (
        <div className={c.more}>
          {count(rows.length - shown, 'more row')}
          <Button size="xs" onClick={() => setShown(shown + SHOWN_AT_ONCE * 5)}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}

type HeadingProps = {
  readonly column: Column
  readonly search: ListSearch
  readonly onSort: (key: SortKey) => void
}

function Heading({ column, search, onSort }: HeadingProps) {
  const active = (search.sort ?? 'name') === column.key
  const direction = search.desc ? 'descending' : 'ascending'
  const Arrow = search.desc ? IconArrowDown : IconArrowUp
  return (
    <th
      scope="col"
      aria-sort={active ? direction : 'none'}
      {...(column.key === 'name' ? {} : { 'data-wide': true })}
    >
      <button
        type="button"
        className={c.sort}
        {...(active ? { 'data-active': true } : {})}
        onClick={() => onSort(column.key)}
      >
        {column.label}
        {active && <Arrow size={12} aria-hidden />}
      </button>
    </th>
  )
}

function TableRow({ row, columns }: { readonly row: Row; readonly columns: readonly Column[] }) {
  const ws = useWorkspace()
  const navigate = useNavigate()
  return (
    <tr className={c.row} onClick={() => navigate({ to: paths.resource(ws, row.kind, row.slug) })}>
      {columns.map((column) => (
        <td key={column.key} {...(column.key === 'name' ? {} : { 'data-wide': true })}>
          {column.cell(row)}
        </td>
      ))}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: only keeps the pill's click from opening the row */}
      <td className={c.end} onClick={(event) => event.stopPropagation()}>
        <GitPill git={row.resource.git} of={row} />
      </td>
    </tr>
  )
}

function NameCell({ row }: { readonly row: Row }) {
  const ws = useWorkspace()
  return (
    <div className={c.name}>
      <KindIcon kind={row.kind} />
      <div className={c['name-words']}>
        <Link
          to={paths.resource(ws, row.kind, row.slug)}
          className={c.link}
          data-row-link
          onClick={(event) => event.stopPropagation()}
        >
          {row.name}
        </Link>
        {row.name !== row.slug && <code className={c.slug}>{row.slug}</code>}
      </div>
    </div>
  )
}

/** Up and down go from row to row; Enter opens, as on every link. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')]
  const now = links.findIndex((link) => link.closest('tr')?.contains(document.activeElement))
  const next = links[now + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
