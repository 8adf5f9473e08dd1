import type { AuthTables } from './tables/auth.ts'
import type { GitTables } from './tables/git.ts'
import type { ReviewTables } from './tables/reviews.ts'
import type { WorkspaceTables } from './tables/workspace.ts'

/** Every table, one file per area in tables/. */
export type Database = WorkspaceTables & AuthTables & GitTables & ReviewTables
