import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import type { Command } from 'commander'
import { GitError } from '../../git/git-error.ts'
import { type Config, type Given, gather, parseConfig } from '../../server/config.ts'
import { keepHeapSmall } from '../../server/heap.ts'
import type { RunningServer } from '../../server/main.ts'
import { serveBlock } from '../../server/serve-block.ts'
import { SETTINGS } from '../../server/settings.ts'
import { CliError, EXIT } from '../exit.ts'
import { printNote } from '../print.ts'

export function register(program: Command): void {
  const command = program
    .command('serve')
    .summary('run the server: API, web app, background jobs')
    .description(
      'Run the server. Settings come from flags, then the environment, then the file tandem.env in this folder.',
    )
  for (const { name, flag, fallback, help } of SETTINGS) {
    const otherwise = fallback === '' ? '' : `, otherwise ${fallback}`
    command.option(`--${flag} <value>`, `${help} (${name}${otherwise})`)
  }
  command
    .addHelpText('after', '\nExample:\n  $ tandem serve --port 8080 --data-dir /var/lib/tandem\n')
    .action((options: Record<string, string | undefined>) => serve(flagsOf(options)))
}

/** commander writes `--data-dir` as `dataDir`. */
function flagsOf(options: Record<string, string | undefined>): Given {
  const camel = (flag: string) => flag.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  return Object.fromEntries(SETTINGS.map(({ flag }) => [flag, options[camel(flag)]]))
}

async function serve(flags: Given): Promise<void> {
  // Heard from the beginning: a start that is cut off leaves no database running.
  const stopped = untilStopped()
  const server = await start(flags)
  const { config, embedded } = server.context
  process.stdout.write(
    serveBlock({
      url: server.url,
      admin: server.admin,
      dataDir: config.dataDir,
      database: embedded ? 'embedded' : 'yours',
      demo: server.demo,
    }),
  )
  await stopped
  await server.stop()
}

async function start(flags: Given): Promise<RunningServer> {
  try {
    keepHeapSmall()
    const config = readConfig(flags)
    // Loaded only now: the help and a wrong setting need none of it.
    const { checkGit } = await import('../../git/check-git.ts')
    await checkGit()
    const { startServer } = await import('../../server/main.ts')
    return await startServer(config)
  } catch (error) {
    throw explained(error)
  }
}

function readConfig(flags: Given): Config {
  const file = join(process.cwd(), 'tandem.env')
  const settings = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  return parseConfig(gather(flags, process.env, settings), process.cwd())
}

/** By name: their classes are part of what is loaded late. */
const MENDED_BY_SETTINGS = ['ConfigError', 'EmbeddedDatabaseError', 'NewerDatabaseError']

/** What a person can mend is one sentence and 2; a database elsewhere that does not answer is 3. */
function explained(error: unknown): unknown {
  if (error instanceof Error && MENDED_BY_SETTINGS.includes(error.name)) {
    return new CliError(EXIT.usage, error.message, null, { cause: error })
  }
  if (error instanceof GitError && error.code.startsWith('git-')) {
    return new CliError(EXIT.usage, error.message, null, { cause: error })
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', '28P01', '3D000', '28000'].includes(code)) {
    const why = error instanceof Error ? error.message || code : code
    return new CliError(
      EXIT.refused,
      `The database of TANDEM_DATABASE_URL cannot be used: ${why}.`,
      'Check the address, the user and the password, and that the database exists.',
      { cause: error },
    )
  }
  return error
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The first signal stops cleanly; a terminal sends some twice, so later ones change nothing. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        if (signal === 'SIGINT') printNote('\nStopping …')
        resolve()
      })
    }
  })
}
