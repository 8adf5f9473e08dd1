import type { Command } from 'commander'
import { Run } from '../../core/wire/run.ts'
import { createClient } from '../online/client.ts'
import { followRun } from '../online/follow-run.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { reportRun } from '../online/report-run.ts'

type Options = OnlineOptions & { readonly json?: true }

export function register(program: Command): void {
  withOnlineOptions(program.command('put-back'))
    .option('--json', 'print the finished run as JSON')
    .summary('put the last good version back on top of a commit with errors')
    .description(
      'When a commit with errors stops what comes in: commit, as you, the files at fault as they last were. Refused with exit 3 when nothing is wrong.',
    )
    .addHelpText('after', '\nExample:\n  $ tandem put-back --workspace staging\n')
    .action(putBack)
}

async function putBack(options: Options): Promise<void> {
  const client = createClient(targetOf(options))
  const run = await followRun(client, await client.post('/git/put-back', {}, Run))
  reportRun(run, { json: options.json ?? false })
}
