import type { Logger } from 'pino'
import type { Limits } from '../../core/format/limits.ts'
import type { GitPolicy } from '../../git/policy.ts'
import type { Db } from '../../store/database.ts'
import type { SecretKey } from '../../store/secret-box.ts'

/** What jobs use of the server's context. */
export type JobContext = {
  readonly db: Db
  readonly databaseUrl: string
  readonly secretKey: SecretKey
  readonly gitPolicy: GitPolicy
  /** Bare repositories that may be deleted at any time. */
  readonly gitCacheDir: string
  readonly log: Logger
  readonly limits?: Limits
  /** The server's address in the browser, for links on other services. */
  readonly baseUrl?: string
}
