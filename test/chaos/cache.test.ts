import { chmod, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../support/engine.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { type GitHttpServer, startGitHttpServer } from '../support/git-http-server.ts'
import { expectHealed, expectSentence, inSync, moveBoth } from './both-sides.ts'

let server: GitHttpServer
beforeAll(async () => {
  server = await startGitHttpServer({ tls: false, token: null })
})
afterAll(() => server.stop())

async function cacheOf(engine: Engine): Promise<string> {
  const [name] = await readdir(engine.context.gitCacheDir)
  return join(engine.context.gitCacheDir, name ?? '')
}

describe.concurrent('the cache', () => {
  it.each(['pre-receive', 'post-receive'] as const)(
    '[S26] may go in the middle of a push, in its %s',
    async (hook) => {
      const engine = await createEngine()
      try {
        await inSync(engine, engine.url)
        await moveBoth(engine, engine.remoteDir, '1')
        const file = join(engine.remoteDir, 'hooks', hook)
        await writeFile(file, `#!/bin/sh\nrm -rf '${await cacheOf(engine)}'\nrm -- "$0"\n`)
        await chmod(file, 0o755)
        expectSentence(await engine.sync())
        await expectHealed(engine, engine.remoteDir, ['1'])
      } finally {
        await engine.close()
      }
    },
    180_000,
  )

  it('[S26] may go while the remote answers, at any byte', async () => {
    const engine = await createEngine()
    const proxy = await startFaultProxy(server.port)
    try {
      const { dir } = await server.createRepository('cache')
      await inSync(engine, `http://localhost:${proxy.port}/cache.git`)
      const rounds = ['0']
      await moveBoth(engine, dir, '0')
      proxy.setFault({ kind: 'none' })
      await engine.sync()
      const total = proxy.passed.down
      for (const [i, part] of [0, 0.2, 0.4, 0.6, 0.8].entries()) {
        rounds.push(String(i + 1))
        await moveBoth(engine, dir, String(i + 1))
        const cache = await cacheOf(engine)
        const run = () => rm(cache, { recursive: true, force: true })
        proxy.setFault({ kind: 'at', direction: 'down', byte: Math.floor(total * part), what: 'run', run })
        expectSentence(await engine.sync())
        expect(proxy.struck).toBe(true)
        proxy.setFault({ kind: 'none' })
        await expectHealed(engine, dir, rounds)
      }
    } finally {
      await proxy.stop()
      await engine.close()
    }
  }, 180_000)

  it('[S26] may be full of locks that somebody left a moment ago', async () => {
    const engine = await createEngine()
    try {
      await inSync(engine, engine.url)
      const cache = await cacheOf(engine)
      const refs = (await readdir(join(cache, 'refs'), { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
      const locks = ['HEAD', 'config', 'packed-refs', 'shallow', 'index'].map((name) => join(cache, name))
      for (const path of [...refs, ...locks]) await writeFile(`${path}.lock`, '')
      await writeFile(join(cache, 'objects', 'pack', 'tmp_pack_left'), 'half')
      await moveBoth(engine, engine.remoteDir, '1')
      expectSentence(await engine.sync())
      await expectHealed(engine, engine.remoteDir, ['1'])
    } finally {
      await engine.close()
    }
  }, 180_000)
})
