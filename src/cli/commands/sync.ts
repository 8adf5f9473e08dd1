import type { Command } from 'commander'
import { Run } from '../../core/wire/run.ts'
import { createClient } from '../online/client.ts'
import { followRun } from '../online/follow-run.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { reportRun } from '../online/report-run.ts'
import { planLines } from '../online/words.ts'
import { printLine } from '../print.ts'

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
  const { full, verify, dryRun, json = false } = options
  const run = await followRun(client, await client.post('/git/sync', { full, verify, dryRun }, Run))
  reportRun(run, { json })
  if (dryRun && !json && run.plan) for (const line of planLines(run.plan)) printLine(line)
}
