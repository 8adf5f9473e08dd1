import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import { DEFAULT_GIT_POLICY } from '../../src/git/policy.ts'
import { startEngine } from '../../src/server/jobs/start-engine.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const DYING = new URL('../support/dying-thread.mjs', import.meta.url)

describe('the thread of the engine', () => {
  it('[S26] is started again when it dies, and says what it died of', async () => {
    const folder = temporaryFolder()
    const lines: string[] = []
    const log = pino({ level: 'error' }, { write: (line) => lines.push(JSON.parse(line).msg) })
    const engine = await startEngine(settings(folder, 'postgres://nowhere'), log, DYING)
    const starts = () => readFileSync(`${folder}/starts`, 'utf8')
    const begun = Date.now()
    while (starts() !== '+++' && Date.now() - begun < 30_000) await pause(20)
    await engine.stop()
    expect([starts(), lines]).toEqual([
      '+++',
      Array(2).fill('the sync engine ended unexpectedly; it is started again'),
    ])
  })

  it('[S26] tells why it does not start at all', async () => {
    const nowhere = settings(temporaryFolder(), 'postgres://tandem@127.0.0.1:1/tandem')
    await expect(startEngine(nowhere, pino({ level: 'silent' }))).rejects.toThrow('ECONNREFUSED')
  })
})

function settings(gitCacheDir: string, databaseUrl: string) {
  return {
    databaseUrl,
    secretKey: new Uint8Array(32),
    gitPolicy: DEFAULT_GIT_POLICY,
    gitCacheDir,
    logLevel: 'silent',
    baseUrl: 'http://localhost',
  }
}
