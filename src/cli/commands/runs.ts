import type { Command } from 'commander'
import { Run, RunList } from '../../core/wire/run.ts'
import { CliError, EXIT } from '../exit.ts'
import { createClient } from '../online/client.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { planLines, runLine, runLines } from '../online/words.ts'
import { printJson, printLine } from '../print.ts'

type Options = OnlineOptions & { readonly json?: true; readonly limit: string }

export function register(program: Command): void {
  withOnlineOptions(program.command('runs'))
    .argument('[id]', 'show this run with its commits, changes and diagnostics')
    .option('--limit <n>', 'how many to list', '20')
    .option('--json', 'print as JSON')
    .summary('list the runs of a workspace')
    .description('List the runs of a workspace, newest first, or show one.')
    .addHelpText('after', '\nExample:\n  $ tandem runs --limit 5 --workspace staging\n')
    .action(runs)
}

async function runs(id: string | undefined, options: Options): Promise<void> {
  const client = createClient(targetOf(options))
  if (id !== undefined) {
    const run = await client.get(`/git/runs/${encodeURIComponent(id)}`, Run)
    if (options.json) return printJson(run)
    for (const line of [runLine(run), ...runLines(run), ...(run.plan ? planLines(run.plan) : [])])
      printLine(line)
    return
  }
  if (!/^\d+$/.test(options.limit) || Number(options.limit) < 1 || Number(options.limit) > 1000) {
    throw new CliError(EXIT.usage, '--limit takes a number from 1 to 1000.')
  }
  const list = await client.get(`/git/runs?limit=${options.limit}`, RunList)
  if (options.json) return printJson(list)
  if (list.items.length === 0) printLine('There are no runs yet.')
  for (const run of list.items) printLine(runLine(run))
}
