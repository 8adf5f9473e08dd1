import type { Connection, FieldDef, PoolClient, Submittable } from 'pg'

export type Exchange = {
  /** Null: the statement gives no rows. */
  readonly fields: readonly FieldDef[] | null
  readonly rows: readonly (readonly (string | null)[])[]
}

type Row = readonly (string | null)[]
/** What of a row stays in memory. */
type Keep = (row: Row) => Row

/** What `pg` calls on a query of one's own; its published type names `submit` alone. */
type Handlers = Submittable & {
  handleRowDescription(message: { fields: readonly FieldDef[] }): void
  handleDataRow(message: { fields: readonly (string | null)[] }): void
  handlePortalSuspended(): void
  handleCommandComplete(): void
  handleEmptyQuery(): void
  handleReadyForQuery(): void
  handleError(error: Error): void
}

/**
 * One step of the extended protocol, up to its Sync. The protocol takes exactly one statement, and the
 * server, not our text around it, ends the rows (Z9).
 */
function exchange(
  client: PoolClient,
  maxRows: number,
  send: (connection: Connection) => void,
  keep: Keep = (row) => row,
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    let fields: readonly FieldDef[] | null = null
    const rows: (readonly (string | null)[])[] = []
    const query: Handlers = {
      submit: send,
      handleRowDescription: (message) => {
        fields = message.fields
      },
      // The server was told how many; one that sends more is not believed.
      handleDataRow: (message) => {
        if (rows.length < maxRows) rows.push(keep(message.fields))
      },
      handlePortalSuspended: () => {},
      handleCommandComplete: () => {},
      handleEmptyQuery: () => {},
      handleReadyForQuery: () => resolve({ fields, rows }),
      handleError: reject,
    }
    client.query(query)
  })
}

/** Parse and Describe: what the statement would give, without running it. */
export function describeStatement(client: PoolClient, sql: string): Promise<Exchange> {
  return exchange(client, 0, (connection) => {
    connection.parse({ name: '', text: sql, types: [] }, true)
    connection.describe({ type: 'S', name: '' }, true)
    connection.sync()
  })
}

/** Bind and Execute the described statement for at most so many rows; all values as text. */
export function fetchRows(client: PoolClient, maxRows: number, keep?: Keep): Promise<Exchange> {
  const send = (connection: Connection) => {
    connection.bind({ portal: '', statement: '', binary: '', values: [] }, true)
    connection.execute({ portal: '', rows: String(maxRows) }, true)
    connection.sync()
  }
  return exchange(client, maxRows, send, keep)
}
