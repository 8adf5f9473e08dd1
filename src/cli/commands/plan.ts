import type { Command } from 'commander'
import { PlanWire } from '../../core/wire/plan.ts'
import { EXIT } from '../exit.ts'
import { createClient } from '../online/client.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { planHasNews, planLines } from '../online/words.ts'
import { printJson, printLine } from '../print.ts'

type Options = OnlineOptions & { readonly json?: true; readonly full?: true }

export function register(program: Command): void {
  withOnlineOptions(program.command('plan'))
    .option('--full', 'list both sides anew')
    .option('--json', 'print the plan as JSON')
    .summary('show what a sync would do')
    .description('Show what a sync would do, without doing it. Exits with 1 when there is something to do.')
    .addHelpText('after', '\nExample:\n  $ tandem plan --workspace staging\n')
    .action(plan)
}

async function plan(options: Options): Promise<void> {
  const client = createClient(targetOf(options))
  const found = await client.get(`/git/plan${options.full ? '?full=true' : ''}`, PlanWire)
  if (options.json) printJson(found)
  else for (const line of planLines(found)) printLine(line)
  if (planHasNews(found)) process.exitCode = EXIT.findings
}
