import type { Kind } from '../../core/model/kind.ts'
import type { Column } from '../components/ResourceTable.tsx'
import { CONNECTION_COLUMNS, MODEL_COLUMNS, SYNC_COLUMNS } from './list-columns.tsx'

type Section = {
  readonly kind: Kind
  readonly title: string
  readonly lead: string
  readonly empty: string
  readonly columns: readonly Column[]
}

/** The four lists that are pages of their own; the first part of the URL names one. */
export const LIST_SECTIONS: Readonly<Record<string, Section>> = {
  models: {
    kind: 'models',
    title: 'Models',
    lead: 'Queries that syncs read, beside the customer schema.',
    empty:
      'Models are queries for syncs: a table, SQL, a dbt model. They stand beside the customer schema and need no relationships.',
    columns: MODEL_COLUMNS,
  },
  syncs: {
    kind: 'syncs',
    title: 'Syncs',
    lead: 'What goes from a model to a destination, and when.',
    empty: 'A sync sends the rows of a model to a destination on a schedule.',
    columns: SYNC_COLUMNS,
  },
  sources: {
    kind: 'sources',
    title: 'Sources',
    lead: 'Where models read. Files name a source; its connection stays in this workspace.',
    empty:
      'A source is a warehouse or database that models read. Connect one to see its tables and rows while you build the schema.',
    columns: CONNECTION_COLUMNS,
  },
  destinations: {
    kind: 'destinations',
    title: 'Destinations',
    lead: 'Where syncs write. Files name a destination; its connection stays in this workspace.',
    empty: 'A destination is a tool that syncs write to: a CRM, an advertising platform, a webhook.',
    columns: CONNECTION_COLUMNS,
  },
}
