import { Button } from '@mantine/core'
import IconPlayerPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs'
import { useQuery } from '@tanstack/react-query'
import type { ModelQueryWire, PreviewAnswer, SavedQuery } from '../../core/wire/source.ts'
import { previewQuery } from '../api/sources.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { count } from '../words/count.ts'
import { duration } from '../words/time.ts'
import c from './side.module.css'

type Props = {
  readonly ws: string
  readonly source: string
  /** Null: this method or an empty form has no rows to show. */
  readonly query: ModelQueryWire | null
  readonly saved: SavedQuery | null
  readonly noQuery: string
  /** The SQL was changed since it ran. */
  readonly behind: boolean
  readonly onRun: () => void
}

export function PreviewTab({ ws, source, query, saved, noQuery, behind, onRun }: Props) {
  const ready = query !== null && source !== ''
  const answer = useQuery({
    ...previewQuery(ws, source, query ?? { type: 'table', tableName: '' }, saved),
    enabled: ready,
  })
  const run = () => {
    onRun()
    if (!behind) void answer.refetch()
  }
  return (
    <section aria-label="Preview">
      <div className={c.above}>
        <span>
          {!ready
            ? noQuery
            : answer.data && !answer.error
              ? summary(answer.data)
              : 'Rows from the source, as it holds them now.'}
        </span>
        {(ready || behind) && (
          <Button
            size="xs"
            leftSection={<IconPlayerPlay size={13} aria-hidden />}
            onClick={run}
            loading={answer.isFetching}
          >
            {behind ? 'Run changed SQL' : 'Run again'}
          </Button>
        )}
      </div>
      {ready && answer.error && !answer.isFetching && <ErrorNotice error={answer.error} />}
      {ready && answer.isPending && <RowsSkeleton rows={10} />}
      {ready && answer.data && !answer.error && <Rows answer={answer.data} />}
    </section>
  )
}

function summary(answer: PreviewAnswer): string {
  const rows = answer.truncated
    ? `First ${count(answer.rows.length, 'row')}`
    : count(answer.rows.length, 'row')
  return `${rows}, ${count(answer.columns.length, 'column')}, ${duration(answer.ms)}`
}

/** What scrolls has to be reachable by keyboard. */
const reachable = { tabIndex: 0 }

function Rows({ answer }: { readonly answer: PreviewAnswer }) {
  return (
    <section className={c.grid} aria-label="Preview rows" {...reachable}>
      <table>
        <thead>
          <tr>
            {answer.columns.map((column) => (
              <th key={column.name} scope="col">
                <code>{column.name}</code>
                <span>{column.type}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a query have no names and never move
            <tr key={i}>
              {answer.columns.map((column, at) => (
                <Cell key={column.name} value={row[at]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Cell({ value }: { readonly value: unknown }) {
  if (value === null || value === undefined) return <td data-null>null</td>
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return <td title={text}>{text}</td>
}
