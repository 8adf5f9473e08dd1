import { DuckDBInstance } from '@duckdb/node-api'
import { STATEMENTS } from './tables.ts'

/* Makes the database named by the first argument, for generate.ts. */
const [, , path] = process.argv
const instance = await DuckDBInstance.create(path, { threads: '4' })
const connection = await instance.connect()
for (const statement of STATEMENTS) await connection.run(statement)
await connection.run('CHECKPOINT')
connection.closeSync()
instance.closeSync()
process.disconnect()
