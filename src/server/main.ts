import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { startGitBySmallProcess } from '../git/command.ts'
import { closeDuckdb } from '../warehouse/duckdb/pool.ts'
import { createApp } from './app.ts'
import { type Config, ConfigError } from './config.ts'
import { type Context, createContext } from './context.ts'
import { makeDemo } from './demo/make-demo.ts'
import { ensureFirstAdmin, type FirstAdmin } from './first-admin.ts'
import type { EngineSettings } from './jobs/engine-settings.ts'
import { startEngine } from './jobs/start-engine.ts'
import { starting } from './starting.ts'

export type RunningServer = {
  readonly url: string
  readonly context: Context
  readonly admin: FirstAdmin
  /** What the demo is, in a few words; null without one. */
  readonly demo: string | null
  /** Ends streams, finishes what is under way, closes the database. */
  stop(): Promise<void>
}

const GRACE_MS = 3_000

/** The port is taken first: a second start on it fails at once, and before anything is touched. */
export async function startServer(config: Config): Promise<RunningServer> {
  const server = createServer(starting)
  const open = new Set<ServerResponse>()
  server.on('request', (_, response) => {
    open.add(response)
    response.once('close', () => open.delete(response))
  })
  const port = await listen(server, config)
  let context: Context | null = null
  let stopEngine = async () => {}
  try {
    context = await createContext(config, port)
    const admin = await ensureFirstAdmin(context)
    const git = await startGitBySmallProcess()
    const engine = await startEngine(engineSettings(context), context.log)
    stopEngine = async () => {
      await engine.stop()
      git.stop()
    }
    const demo = await makeDemo(context)
    server.removeListener('request', starting)
    server.on('request', getRequestListener(createApp(context).fetch, { overrideGlobalObjects: false }))
    const opened = context
    return {
      url: context.baseUrl,
      context,
      admin,
      demo,
      stop: async () => {
        await close(server, open, () => opened.events.closeStreams())
        await stopEngine()
        await closeDuckdb()
        await opened[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    server.close()
    server.closeAllConnections()
    await stopEngine()
    await context?.[Symbol.asyncDispose]()
    throw error
  }
}

function engineSettings({ config, secretKey, ...context }: Context): EngineSettings {
  const { databaseUrl, gitPolicy, gitCacheDir, baseUrl } = context
  const { logLevel } = config
  return { databaseUrl, secretKey: secretKey.bytes, gitPolicy, gitCacheDir, logLevel, baseUrl }
}

function listen(server: Server, { port, host }: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = 'code' in error ? error.code : ''
      const why = {
        EADDRINUSE: `The port ${port} is taken. Stop what uses it, or choose another with --port (TANDEM_PORT).`,
        EACCES: `This user may not listen on port ${port}. Choose one above 1023 with --port (TANDEM_PORT).`,
        EADDRNOTAVAIL: `This machine has no address ${host}. Choose another with --host (TANDEM_HOST).`,
      }[String(code)]
      reject(why === undefined ? error : new ConfigError([why]))
    })
    server.listen(port, host, () => {
      // A TCP server's address is never a text.
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Lets what is under way finish, for a moment; connections without an open request end at once. */
async function close(
  server: Server,
  open: ReadonlySet<ServerResponse>,
  endStreams: () => void,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  endStreams()
  const deadline = Date.now() + GRACE_MS
  while (open.size > 0 && Date.now() < deadline) await sleep(10)
  server.closeAllConnections()
  await closed
}
