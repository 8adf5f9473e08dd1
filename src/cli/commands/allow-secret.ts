import type { Command } from 'commander'
import { Run } from '../../core/wire/run.ts'
import { CliError, EXIT } from '../exit.ts'
import { createClient } from '../online/client.ts'
import { followRun } from '../online/follow-run.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { reportRun } from '../online/report-run.ts'
import { parseScope } from '../online/scope.ts'

type Options = OnlineOptions & { readonly json?: true }

export function register(program: Command): void {
  withOnlineOptions(program.command('allow-secret'))
    .argument('<kind/slug>', 'the resource that is kept out of Git')
    .argument('<pointer>', 'the place in it, as the plan names it, like /rawSql')
    .option('--json', 'print the finished run as JSON')
    .summary('let into Git what only looks like a secret')
    .description(
      'What looks like a key or password keeps its resource out of Git. Allow what stands at this place now, and sync. Admins only. Never allow a real secret: the history of a repository keeps it for ever.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ tandem allow-secret models/rows-with-hash /rawSql --workspace staging\n',
    )
    .action(allowSecret)
}

async function allowSecret(name: string, path: string, options: Options): Promise<void> {
  const ref = parseScope(name)
  if (ref === null) throw new CliError(EXIT.usage, 'Expected the resource, like parent-models/users.')
  const client = createClient(targetOf(options))
  const run = await followRun(client, await client.post('/git/allow-secret', { ...ref, path }, Run))
  reportRun(run, { json: options.json ?? false })
}
