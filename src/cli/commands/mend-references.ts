import type { Command } from 'commander'
import { Run } from '../../core/wire/run.ts'
import { createClient } from '../online/client.ts'
import { followRun } from '../online/follow-run.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { reportRun } from '../online/report-run.ts'

type Options = OnlineOptions & { readonly json?: true }

export function register(program: Command): void {
  withOnlineOptions(program.command('mend-references'))
    .option('--json', 'print the finished run as JSON')
    .summary('write the present names into files that use old ones')
    .description(
      'After a rename in Git: commit, as you, the files that still refer to the resource by its old name. Nothing else of them changes; without such files nothing is written.',
    )
    .addHelpText('after', '\nExample:\n  $ tandem mend-references --workspace staging\n')
    .action(mendReferences)
}

async function mendReferences(options: Options): Promise<void> {
  const client = createClient(targetOf(options))
  const run = await followRun(client, await client.post('/git/mend-references', {}, Run))
  reportRun(run, { json: options.json ?? false })
}
