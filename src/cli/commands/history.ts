import type { Command } from 'commander'
import { VersionList } from '../../core/wire/history.ts'
import { LIMIT_MAX } from '../../core/wire/list.ts'
import { CliError, EXIT } from '../exit.ts'
import { createClient } from '../online/client.ts'
import { resourceVersionLine, versionLine } from '../online/history-words.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { parseScope } from '../online/scope.ts'
import { printJson, printLine, printNote } from '../print.ts'

type Options = OnlineOptions & { readonly json?: true; readonly limit: string; readonly cursor?: string }

export function register(program: Command): void {
  withOnlineOptions(program.command('history'))
    .argument('[kind/slug]', 'one resource, followed back through its renames')
    .option('--limit <n>', 'how many to list', '20')
    .option('--cursor <text>', 'go on where a page ended (`nextCursor`)')
    .option('--json', 'print as JSON')
    .summary('list the versions of the schema, or of a resource')
    .description('List the commits that changed the schema, or one resource of it, newest first.')
    .addHelpText(
      'after',
      '\nExamples:\n  $ tandem history --workspace staging\n  $ tandem history parent-models/users --limit 5\n',
    )
    .action(history)
}

async function history(name: string | undefined, options: Options): Promise<void> {
  const scope = parseScope(name)
  const limit = Number(options.limit)
  if (!/^\d+$/.test(options.limit) || limit < 1 || limit > LIMIT_MAX) {
    throw new CliError(EXIT.usage, `--limit takes a number from 1 to ${LIMIT_MAX}.`)
  }
  const client = createClient(targetOf(options))
  const query = new URLSearchParams({ limit: options.limit, ...scope })
  if (options.cursor !== undefined) query.set('cursor', options.cursor)
  const list = await client.get(`/git/history?${query}`, VersionList)
  if (options.json) return printJson(list)
  if (list.items.length === 0) printLine('There are no versions in Git yet.')
  for (const version of list.items) printLine(scope ? resourceVersionLine(version) : versionLine(version))
  if (list.nextCursor !== null) printNote(`There are more: --cursor ${list.nextCursor}`)
}
