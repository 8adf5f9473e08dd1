import type { Json, JsonObject } from '../core/model/json.ts'
import { duckdbConnector } from './duckdb.ts'
import { postgresConnector } from './postgres.ts'
import type { WarehouseErrorCode } from './warehouse-error.ts'

/** What a model selects: the two query types that a warehouse can answer by itself. */
export type ModelQuery =
  | { readonly type: 'table'; readonly tableName: string }
  | { readonly type: 'raw_sql'; readonly rawSql: string }

/** `type` is the warehouse's own word for it, as its users know it: `DECIMAL(10,2)`, `timestamp with time zone`. */
export type Column = { readonly name: string; readonly type: string }

/** `name` is how a model names the table: parts are quoted only where the engine needs it. */
export type TableInfo = {
  readonly name: string
  readonly schema: string
  readonly table: string
  readonly kind: 'table' | 'view' | 'file'
  /** The engine's estimate; null where it has none. */
  readonly rows: number | null
}

/**
 * Every value is safe in JSON and exact: integers beyond 2^53 and decimals are text, dates and times
 * the warehouse's own text in UTC, bytes `\x…`. `truncated`: there are more rows than these.
 */
export type Preview = {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Json[])[]
  readonly truncated: boolean
  readonly ms: number
}

export type TestOutcome =
  | { readonly kind: 'ok'; readonly version: string; readonly tables: number; readonly ms: number }
  | {
      readonly kind: 'failed'
      readonly code: WarehouseErrorCode
      readonly message: string
      readonly hint: string | null
    }

/** Values as text; null where a row has none. `complete`: these are all rows. */
export type Keys = {
  readonly types: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly complete: boolean
}

/**
 * One source. Nothing here writes to the warehouse, runs more than one statement or outlives its time;
 * what goes wrong is a `WarehouseError` whose message a person can act on. Opens lazily: making one
 * connects to nothing.
 */
export interface Connector {
  /** Never throws: a failure is an outcome. */
  test(): Promise<TestOutcome>
  tables(): Promise<readonly TableInfo[]>
  /** Names and types of the columns that a query gives, without running it. */
  columns(query: ModelQuery): Promise<readonly Column[]>
  preview(query: ModelQuery, limit: number): Promise<Preview>
  /** The named columns of the first rows, to be counted here and shown to nobody (W3). */
  keys(query: ModelQuery, columns: readonly string[]): Promise<Keys>
  close(): Promise<void>
}

/**
 * What the administrator allows. `fileRoots`: the only folders that file sources read (TANDEM_FILE_ROOTS).
 * `previewMs`: less than the ten seconds that a query may take.
 */
export type WarehousePolicy = { readonly fileRoots: readonly string[]; readonly previewMs?: number }

const CONNECTORS: Readonly<Record<string, (config: JsonObject, policy: WarehousePolicy) => Connector>> = {
  duckdb: duckdbConnector,
  postgres: postgresConnector,
}

/** Source types are free text (A3): one without a connector has no preview, which is no error. */
export function connect(
  type: string,
  config: JsonObject,
  policy: WarehousePolicy,
): Connector | { readonly kind: 'no-connector' } {
  const make = Object.hasOwn(CONNECTORS, type) ? CONNECTORS[type] : undefined
  return make ? make(config, policy) : { kind: 'no-connector' }
}
