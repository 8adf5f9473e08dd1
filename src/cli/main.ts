import { readFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { CliError, EXIT, type ExitCode } from './exit.ts'
import { printNote } from './print.ts'

/**
 * The convention: every command is a module of its own, `commands/<name>.ts`, which exports
 * `register(program: Command): void` and declares its command there with arguments, options, an example and an
 * action. It is loaded only when it was typed. An action sets `process.exitCode = EXIT.findings` when it found
 * something, throws `CliError` for what a person can mend, and never calls `process.exit`.
 */
type CommandModule = { register(program: Command): void }
type CommandEntry = {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<CommandModule>
}

const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'serve',
    summary: 'run the server: API, web app, background jobs',
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'validate',
    summary: 'report every problem of a repository folder',
    load: () => import('./commands/validate.ts'),
  },
  { name: 'fmt', summary: 'print every file canonically', load: () => import('./commands/fmt.ts') },
  {
    name: 'diff',
    summary: 'show what differs, by resource and field',
    load: () => import('./commands/diff.ts'),
  },
  {
    name: 'schema',
    summary: 'print the JSON Schemas of the format',
    load: () => import('./commands/schema.ts'),
  },
  {
    name: 'status',
    summary: 'show the state of a workspace and its repository',
    load: () => import('./commands/status.ts'),
  },
  { name: 'plan', summary: 'show what a sync would do', load: () => import('./commands/plan.ts') },
  { name: 'sync', summary: 'sync a workspace with its repository', load: () => import('./commands/sync.ts') },
  { name: 'runs', summary: 'list the runs of a workspace', load: () => import('./commands/runs.ts') },
  {
    name: 'history',
    summary: 'list the versions of the schema, or of a resource',
    load: () => import('./commands/history.ts'),
  },
  {
    name: 'rollback',
    summary: 'go back to a version, as a new commit',
    load: () => import('./commands/rollback.ts'),
  },
  {
    name: 'promote',
    summary: 'take resources from one workspace over into another',
    load: () => import('./commands/promote.ts'),
  },
  {
    name: 'conflicts',
    summary: 'list what was changed on both sides',
    load: () => import('./commands/conflicts.ts'),
  },
  { name: 'resolve', summary: 'settle a conflict', load: () => import('./commands/resolve.ts') },
  {
    name: 'approve',
    summary: 'consent to what a held run would do',
    load: () => import('./commands/approve.ts'),
  },
  {
    name: 'mend-references',
    summary: 'write the present names into files that use old ones',
    load: () => import('./commands/mend-references.ts'),
  },
  {
    name: 'rename-alias',
    summary: 'give an alias another name in every file at once',
    load: () => import('./commands/rename-alias.ts'),
  },
  {
    name: 'put-back',
    summary: 'put the last good version back on top of a commit with errors',
    load: () => import('./commands/put-back.ts'),
  },
  {
    name: 'set-aside',
    summary: 'leave a file with a new error alone',
    load: () => import('./commands/set-aside.ts'),
  },
  {
    name: 'allow-secret',
    summary: 'let into Git what only looks like a secret',
    load: () => import('./commands/allow-secret.ts'),
  },
  {
    name: 'doctor',
    summary: 'check that everything is ready for Git Sync',
    load: () => import('./commands/doctor.ts'),
  },
  { name: 'export', summary: 'write a workspace to a folder', load: () => import('./commands/export.ts') },
  { name: 'import', summary: 'read a folder into a workspace', load: () => import('./commands/import.ts') },
]

/** Runs one command line and answers the exit code; prints nothing but what the command and its errors say. */
export async function main(args: readonly string[]): Promise<number> {
  process.exitCode = EXIT.done
  process.stdout.off('error', ignoreClosedPipe).on('error', ignoreClosedPipe)
  try {
    const program = createProgram()
    const isKnown = await registerCommands(program, args)
    // Help for a command that is not there would be the program's, as if all were well.
    const typed = isKnown ? args : args.filter((arg) => arg !== '--help' && arg !== '-h')
    await program.parseAsync([...typed], { from: 'user' })
    return Number(process.exitCode)
  } catch (error) {
    return explain(error)
  }
}

function createProgram(): Command {
  return new Command('tandem')
    .description('Customer schema as code: keep a workspace and a Git repository of YAML equal.')
    .version(readVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .addHelpText('after', '\nExample:\n  $ tandem validate schema-repo\n')
    .showHelpAfterError('Run with --help to see what is possible.')
    .exitOverride()
}

/**
 * The typed command is loaded; without one, the names are enough for the help and for "did you mean".
 * False: what was typed is no command.
 */
async function registerCommands(program: Command, args: readonly string[]): Promise<boolean> {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'))
  const name = first === 'help' ? second : first
  const entry = COMMANDS.find((command) => command.name === name)
  if (entry !== undefined) {
    const module = await entry.load()
    module.register(program)
    return true
  }
  for (const { name: known, summary } of COMMANDS) program.command(known).summary(summary)
  return name === undefined
}

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  // our own package.json
  return (JSON.parse(text) as { version: string }).version
}

/** From every way to end early to an exit code and one sentence; a stack only for whoever asks for it. */
function explain(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
  if (error instanceof CliError) {
    printNote(error.hint === null ? error.message : `${error.message} ${error.hint}`)
    return error.exitCode
  }
  const reason = error instanceof Error ? error.message : String(error)
  printNote(`This is a bug in Tandem, not in your input: ${reason}`)
  printNote('Run it again with TANDEM_DEBUG=1 and report what it prints.')
  if (process.env.TANDEM_DEBUG === '1' && error instanceof Error) printNote(error.stack ?? '')
  return EXIT.bug
}

/** `tandem validate | head` closes our output: that is no error of anybody. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

if (argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(argv.slice(2))
