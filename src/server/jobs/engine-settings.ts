import type { GitPolicy } from '../../git/policy.ts'

/** What the engine's thread is told at its start: values only, it opens its own connections. */
export type EngineSettings = {
  readonly databaseUrl: string
  readonly secretKey: Uint8Array
  readonly gitPolicy: GitPolicy
  readonly gitCacheDir: string
  readonly logLevel: string
  /** The server's address in the browser, for links on other services. */
  readonly baseUrl: string
}

/** Sent by the thread once, when it takes jobs. Whatever keeps it from that is thrown, and ends it. */
export const READY = 'ready'
/** Sent to the thread once: finish what is under way, or give it up, and end. */
export const STOP = 'stop'
