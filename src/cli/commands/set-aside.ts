import type { Command } from 'commander'
import { Run } from '../../core/wire/run.ts'
import { createClient } from '../online/client.ts'
import { followRun } from '../online/follow-run.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { reportRun } from '../online/report-run.ts'

type Options = OnlineOptions & { readonly json?: true }

export function register(program: Command): void {
  withOnlineOptions(program.command('set-aside'))
    .argument('<path>', 'the file with the error, as the run names it')
    .option('--json', 'print the finished run as JSON')
    .summary('leave a file with a new error alone')
    .description(
      'When a commit with errors stops what comes in: leave one of its files alone until somebody changes it; the rest comes in. Admins only.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ tandem set-aside schema/parent-models/users.yaml --workspace staging\n',
    )
    .action(setAside)
}

async function setAside(path: string, options: Options): Promise<void> {
  const client = createClient(targetOf(options))
  const run = await followRun(client, await client.post('/git/set-aside', { path }, Run))
  reportRun(run, { json: options.json ?? false })
}
