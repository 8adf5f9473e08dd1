import { appendFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_GIT_POLICY } from '../../src/git/policy.ts'
import { deriveKey } from '../../src/store/secret-box.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { ENGINE_KEY } from '../support/engine-key.ts'
import { type GitHttpServer, startGitHttpServer } from '../support/git-http-server.ts'
import { runSequence, shrink } from '../support/model/sequence.ts'
import { fileRemotes, type ModelHome } from '../support/model/world.ts'

/**
 * `TANDEM_MODEL_SEED=n` runs that sequence alone, with `TANDEM_MODEL_ONLY=0,3,7` these steps of it.
 * `TANDEM_SOAK_SECONDS` says for how long others are run, from `TANDEM_SOAK_SEED` on, and
 * `TANDEM_SOAK_RESULTS` where the sum goes.
 */
const single = process.env.TANDEM_MODEL_SEED
const only = process.env.TANDEM_MODEL_ONLY?.split(',').map(Number)
const seconds = Number(process.env.TANDEM_SOAK_SECONDS ?? 25)
const first = Number(single ?? process.env.TANDEM_SOAK_SEED ?? 1)
const LANES = single === undefined ? 2 : 1
const SHRINK_MS = 60_000

let database: TestDatabase
let server: GitHttpServer
let dir: string

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startGitHttpServer({ tls: false, token: null })
  dir = await mkdtemp(join(tmpdir(), 'tandem-model-'))
})
afterAll(async () => {
  await server.stop()
  await database.drop()
  await rm(dir, { recursive: true, force: true })
})

/** Most remotes are folders, for they are quick; some are reached over http. */
function home(seed: number): ModelHome {
  return {
    context: {
      db: database.db,
      databaseUrl: database.url,
      secretKey: deriveKey(ENGINE_KEY),
      gitPolicy: { ...DEFAULT_GIT_POLICY, protocols: ['file', 'http'] },
      gitCacheDir: join(dir, 'cache'),
      log: pino({ level: process.env.TANDEM_TEST_LOG ?? 'silent' }),
    },
    dir,
    remote: seed % 5 === 0 ? server.createRepository : fileRemotes(dir),
  }
}

describe('two people in the studio and two at Git, crashes, lost and forced pushes, in any order', () => {
  it(
    `[S6] [S8] [S9] [S10] [S24] [S25] [S26] [F14] nothing is lost, every commit is valid, both sides come to rest (seeds from ${first})`,
    async () => {
      const end = Date.now() + seconds * 1000
      let next = first
      const failed: number[] = []
      const lane = async () => {
        while (failed.length === 0 && (single === undefined ? Date.now() < end : next === first)) {
          const seed = next++
          const outcome = await runSequence(home(seed), seed, only && new Set(only))
          if (single !== undefined) console.log(outcome.story.join('\n'))
          if (outcome.kind === 'held') continue
          failed.push(seed)
          throw await explained(seed, outcome.error, outcome.story)
        }
      }
      const results = await Promise.allSettled(Array.from({ length: LANES }, lane))
      const count = next - first
      report(`engine: ${count} sequences, seeds ${first} to ${next - 1}`)
      for (const result of results) if (result.status === 'rejected') throw result.reason
      expect(count).toBeGreaterThanOrEqual(single === undefined ? LANES : 1)
    },
    seconds * 1000 + SHRINK_MS + 120_000,
  )
})

function report(line: string): void {
  console.log(line)
  if (process.env.TANDEM_SOAK_RESULTS) appendFileSync(process.env.TANDEM_SOAK_RESULTS, `${line}\n`)
}

/** The broken law with the shortest story that could be found for it, and how to see it again. */
async function explained(seed: number, error: unknown, story: readonly string[]): Promise<Error> {
  const smaller = only ? null : await shrink(home(seed), seed, Date.now() + SHRINK_MS)
  const last = smaller?.last?.kind === 'broken' ? smaller.last : null
  const replay = `TANDEM_MODEL_SEED=${seed}${last ? ` TANDEM_MODEL_ONLY=${smaller?.only.join(',')}` : ''}`
  const words = (one: unknown) => (one instanceof Error ? (one.stack ?? one.message) : String(one))
  return new Error([`replay: ${replay}`, words(last?.error ?? error), ...(last?.story ?? story)].join('\n'))
}
