import { join } from 'node:path'
import type { Logger } from 'pino'
import type { GitPolicy } from '../git/policy.ts'
import { type Db, openDatabase } from '../store/database.ts'
import { type EmbeddedPostgres, startEmbedded } from '../store/embedded/supervisor.ts'
import { migrateDatabase } from '../store/migrate.ts'
import { deriveKey, type SecretKey } from '../store/secret-box.ts'
import type { WarehousePolicy } from '../warehouse/connector.ts'
import { createPeople, type People } from './auth/people.ts'
import type { Config } from './config.ts'
import { keptSecret, openDataFolder, randomText } from './data-folder.ts'
import { type Events, startEvents } from './events.ts'
import { gitPolicyOf } from './git-policy.ts'
import { createLog } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'

/** What the server works with, built once; handlers take the few things that they use. */
export type Context = {
  readonly config: Config
  readonly log: Logger
  readonly databaseUrl: string
  readonly db: Db
  readonly secretKey: SecretKey
  readonly people: People
  readonly events: Events
  readonly metrics: Metrics
  readonly gitPolicy: GitPolicy
  /** Bare repositories that may be deleted at any time. */
  readonly gitCacheDir: string
  readonly warehousePolicy: WarehousePolicy
  /** The address in the browser. */
  readonly baseUrl: string
  readonly embedded: EmbeddedPostgres | null
  [Symbol.asyncDispose](): Promise<void>
}

/** `port`: the one that it really listens on, which with `TANDEM_PORT=0` is known only now. */
export async function createContext(config: Config, port: number): Promise<Context> {
  openDataFolder(config.dataDir)
  const log = createLog(config.logLevel)
  const disposers: (() => Promise<unknown>)[] = []
  const dispose = async () => {
    for (const stop of disposers.splice(0).reverse()) await stop()
  }
  try {
    const embedded =
      config.databaseUrl === null ? await startEmbedded({ home: join(config.dataDir, 'postgres') }) : null
    if (embedded) disposers.push(() => embedded.stop())
    const databaseUrl = embedded?.url ?? config.databaseUrl ?? ''
    await migrateDatabase(databaseUrl)
    const db = openDatabase(databaseUrl)
    disposers.push(() => db.destroy())
    const secretKey = deriveKey(
      config.secretKey ?? keptSecret(config.dataDir, 'secret.key', () => randomText(32)).text,
    )
    const baseUrl = config.publicUrl ?? `http://${hostInUrl(config.host)}:${port}`
    const people = createPeople({ db, key: secretKey, baseUrl })
    const events = await startEvents(databaseUrl, log)
    disposers.push(() => events.stop())
    return {
      config,
      log,
      databaseUrl,
      db,
      secretKey,
      people,
      events,
      metrics: createMetrics(db),
      gitPolicy: gitPolicyOf(config, demoRoots(config)),
      gitCacheDir: join(config.dataDir, 'git'),
      warehousePolicy: { fileRoots: [...config.fileRoots, ...demoRoots(config)] },
      baseUrl,
      embedded,
      [Symbol.asyncDispose]: dispose,
    }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** The demo's own folder: its warehouse and its repository lie there, and may be used by file. */
export function demoFolder(config: Config): string {
  return join(config.dataDir, 'demo')
}

/** The folder stays usable with the demo switched off later: what was made there is still connected. */
function demoRoots(config: Config): string[] {
  return config.databaseUrl === null ? [demoFolder(config)] : []
}

function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
