import { isObject, own } from '../../core/model/json.ts'
import { KIND_WORDS } from '../../core/model/kind.ts'
import { Pill } from '../components/Pill.tsx'
import type { Column } from '../components/ResourceTable.tsx'
import type { Row } from '../components/resource-rows.ts'
import { Time } from '../components/Time.tsx'
import type { SortKey } from '../search.ts'
import { sentence } from '../words/count.ts'
import { methodWords } from '../words/method-words.ts'
import { textOf } from '../words/resource-name.ts'
import { scheduleWords } from '../words/schedule-words.ts'

/** What a column shows and sorts by, as text. */
export function columnText(row: Row, key: SortKey): string {
  switch (key) {
    case 'kind':
      return sentence(KIND_WORDS[row.kind])
    case 'source':
      return textOf(row.resource, 'source')
    case 'destination':
      return textOf(row.resource, 'destination')
    case 'type':
      return row.kind === 'syncs'
        ? scheduleWords(own(row.resource, 'schedule') ?? null)
        : methodWords(row.kind, row.resource)
    case 'changed':
      return row.resource.git.since ?? ''
    case 'git':
      return row.resource.git.state
    case 'name':
      return row.name
  }
}

const plain = (key: SortKey, label: string): Column => ({ key, label, cell: (row) => columnText(row, key) })
const mono = (key: SortKey, label: string): Column => ({
  key,
  label,
  cell: (row) => <code>{columnText(row, key)}</code>,
})

/** A source that only a manifest names has no configuration yet (S29). */
export function isConnected(row: Row): boolean {
  return isObject(own(row.resource, 'config') ?? null)
}

const connection: Column = {
  key: 'type',
  label: 'Type',
  cell: (row) => (
    <>
      <code>{textOf(row.resource, 'type')}</code>{' '}
      {!isConnected(row) && <Pill tone="orange">not connected</Pill>}
    </>
  ),
}

const changed: Column = {
  key: 'changed',
  label: 'Last change',
  cell: ({ resource: { git } }) =>
    git.since === undefined ? null : (
      <>
        {git.by !== undefined && `${git.by}, `}
        <Time at={git.since} />
      </>
    ),
}

export const MODEL_COLUMNS: readonly Column[] = [mono('type', 'From'), mono('source', 'Source'), changed]
export const SCHEMA_COLUMNS: readonly Column[] = [
  plain('kind', 'Kind'),
  mono('type', 'From'),
  mono('source', 'Source'),
  changed,
]
export const SYNC_COLUMNS: readonly Column[] = [
  mono('destination', 'Destination'),
  plain('type', 'Schedule'),
  changed,
]
export const CONNECTION_COLUMNS: readonly Column[] = [connection, changed]
