import type { Command } from 'commander'
import { isFinal, Run } from '../../core/wire/run.ts'
import { EXIT } from '../exit.ts'
import { type Client, createClient } from '../online/client.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { planLines, runLines } from '../online/words.ts'
import { printJson, printLine, printNote } from '../print.ts'

type Options = OnlineOptions & {
  readonly json?: true
  readonly full?: true
  readonly verify?: true
  readonly dryRun?: true
}

export function register(program: Command): void {
  withOnlineOptions(program.command('sync'))
    .option('--full', 'list both sides anew and rebuild the cache')
    .option('--verify', 'parse every file, known ones too')
    .option('--dry-run', 'stop before anything is applied')
    .option('--json', 'print the finished run as JSON')
    .summary('sync a workspace with its repository')
    .description('Sync and follow the progress. Exits with 1 when the run failed, is held or met conflicts.')
    .addHelpText('after', '\nExample:\n  $ tandem sync --full --workspace staging\n')
    .action(sync)
}

async function sync(options: Options): Promise<void> {
  const client = createClient(targetOf(options))
  const { full, verify, dryRun } = options
  const asked = await client.post('/git/sync', { full, verify, dryRun }, Run)
  const run = await followToEnd(client, asked)
  if (options.json) printJson(run)
  else {
    for (const line of runLines(run)) printLine(line)
    if (dryRun && run.plan) for (const line of planLines(run.plan)) printLine(line)
  }
  if (['failed', 'held'].includes(run.state) || run.counts.conflicts > 0) process.exitCode = EXIT.findings
}

const RETRIES = 5

/** The stream may break; the run goes on, and so does this. */
async function followToEnd(client: Client, asked: Run): Promise<Run> {
  const path = `/git/runs/${asked.id}`
  const told = new Set<string>()
  for (let attempt = 0; attempt < RETRIES; attempt += 1) {
    for await (const run of client.follow(`${path}/events`, Run)) {
      for (const { name, done, total } of run.phases) {
        const line = total > 0 ? `${name} ${done} of ${total}` : name
        if (!told.has(line)) printNote(line)
        told.add(line)
      }
      if (isFinal(run.state)) return run
    }
  }
  return client.get(path, Run)
}
