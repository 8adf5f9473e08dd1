import type { Column, Keys, ModelQuery, Preview, TableInfo } from '../connector.ts'
import type { WarehouseProblem } from '../warehouse-error.ts'
import type { DuckdbTarget } from './target.ts'

/** What the server asks a DuckDB process, which holds one database open. */
export type DuckdbQuestion = { readonly ms: number } & (
  | { readonly kind: 'describe' }
  | { readonly kind: 'tables' }
  | { readonly kind: 'columns'; readonly query: ModelQuery }
  | { readonly kind: 'preview'; readonly query: ModelQuery; readonly limit: number }
  | {
      readonly kind: 'keys'
      readonly query: ModelQuery
      readonly columns: readonly string[]
      readonly limit: number
    }
)

export type DuckdbAnswers = {
  describe: { readonly version: string; readonly tables: number }
  tables: readonly TableInfo[]
  columns: readonly Column[]
  preview: Preview
  keys: Keys
}

export type DuckdbRequest =
  | { readonly id: 0; readonly open: DuckdbTarget; readonly spill: string }
  | { readonly id: number; readonly ask: DuckdbQuestion }

export type DuckdbResponse =
  | { readonly id: number; readonly answer: DuckdbAnswers[DuckdbQuestion['kind']] }
  | { readonly id: number; readonly problem: WarehouseProblem }
