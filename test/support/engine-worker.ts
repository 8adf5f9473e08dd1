import pino from 'pino'
import type { GitPolicy } from '../../src/git/policy.ts'
import { startJobs } from '../../src/server/jobs/start-jobs.ts'
import { openDatabase } from '../../src/store/database.ts'
import { deriveKey } from '../../src/store/secret-box.ts'
import { ENGINE_KEY } from './engine-key.ts'

/** A server's background work in a process of its own, to be killed: `engine-worker.ts <database url> <cache folder> <policy as JSON>`. */
const [databaseUrl = '', gitCacheDir = '', policy = ''] = process.argv.slice(2)
await startJobs({
  db: openDatabase(databaseUrl, { max: 4 }),
  databaseUrl,
  secretKey: deriveKey(ENGINE_KEY),
  gitPolicy: JSON.parse(policy) as GitPolicy, // as the test has it
  gitCacheDir,
  log: pino({ level: 'warn' }),
})
process.stdout.write('ready\n')
