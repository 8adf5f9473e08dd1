/** What a connection of a type asks for (A3). Types without a row here are configured as JSON. */
export type ConnectionField = {
  readonly key: string
  readonly label: string
  readonly description?: string
  readonly kind: 'text' | 'number' | 'secret' | 'flag'
  /** Without it nothing can be reached. */
  readonly required?: true
}

const FIELDS: Readonly<Record<string, readonly ConnectionField[]>> = {
  duckdb: [
    {
      key: 'path',
      label: 'File or folder',
      description:
        'A DuckDB file, or a folder of CSV, Parquet and JSON files, under one of the server’s file roots. Empty: in memory.',
      kind: 'text',
    },
  ],
  postgres: [
    { key: 'host', label: 'Host', kind: 'text', required: true },
    { key: 'port', label: 'Port', description: 'Empty: 5432', kind: 'number' },
    { key: 'database', label: 'Database', kind: 'text', required: true },
    { key: 'user', label: 'User', kind: 'text', required: true },
    { key: 'password', label: 'Password', kind: 'secret' },
    { key: 'ssl', label: 'Encrypt the connection (TLS)', kind: 'flag' },
  ],
}

export function connectionFields(type: string): readonly ConnectionField[] | null {
  return Object.hasOwn(FIELDS, type) ? (FIELDS[type] ?? null) : null
}

/** Types whose tables and rows this version reads. */
export const CONNECTORS: readonly string[] = ['duckdb', 'postgres']
