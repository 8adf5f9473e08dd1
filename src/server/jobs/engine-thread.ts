import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../../store/database.ts'
import { createLog } from '../log.ts'
import { type EngineSettings, READY } from './engine-settings.ts'
import { giveWay } from './give-way.ts'
import { startJobs } from './start-jobs.ts'

/** What start-engine.ts runs in a thread of its own. */
const { databaseUrl, secretKey, gitPolicy, gitCacheDir, logLevel, baseUrl }: EngineSettings = workerData
giveWay()
const db = openDatabase(databaseUrl)
const jobs = await startJobs({
  db,
  databaseUrl,
  secretKey: { kind: 'secret-key', bytes: Buffer.from(secretKey) },
  gitPolicy,
  gitCacheDir,
  baseUrl,
  log: createLog(logLevel),
})

parentPort?.once('message', async () => {
  await jobs.stop()
  await db.destroy()
  parentPort?.close()
})
parentPort?.postMessage(READY)
