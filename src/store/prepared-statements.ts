import type pg from 'pg'

/** What a statement begins with that is to be prepared, by a name of its own. */
const MARK = /^\s*\/\* prepared: ([a-z-]+) \*\//

/**
 * A statement that begins with `/* prepared: name *\/` is planned once a connection, and not each time. Only for
 * one that looks few rows up by their keys, whatever the statistics say and however many its parameters name: to
 * plan such a one with its joins takes four times as long as to run it. For any other the plan that is right for
 * one row is used for ten thousand, and a sync stands still for seconds.
 */
export function prepareMarkedStatements(client: pg.PoolClient): void {
  const plain = client.query.bind(client) as Query
  client.query = ((text, values, ...rest) => {
    const name = typeof text === 'string' ? MARK.exec(text)?.[1] : undefined
    return name === undefined ? plain(text, values, ...rest) : plain({ name, text, values }, ...rest)
  }) as Query as typeof client.query
}

type Query = (text: unknown, values?: unknown, ...rest: unknown[]) => unknown
