import type { Command } from 'commander'
import { EXIT } from '../exit.ts'
import { createClient } from '../online/client.ts'
import { conflictLine, conflictLines } from '../online/conflict-words.ts'
import { readConflict, readConflicts } from '../online/conflicts.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { parseScope } from '../online/scope.ts'
import { plural, printJson, printLine } from '../print.ts'

type Options = OnlineOptions & { readonly json?: true }

export function register(program: Command): void {
  withOnlineOptions(program.command('conflicts'))
    .argument('[kind/slug]', 'show this one by field: base, workspace and Git')
    .option('--json', 'print as JSON')
    .summary('list what was changed on both sides')
    .description(
      'List the open conflicts of a workspace, or show one by field. Exits with 1 when there are any; `tandem resolve` settles them.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ tandem conflicts --workspace staging\n  $ tandem conflicts parent-models/users\n',
    )
    .action(conflicts)
}

async function conflicts(name: string | undefined, options: Options): Promise<void> {
  const scope = parseScope(name)
  const client = createClient(targetOf(options))
  if (scope !== null) {
    const conflict = await readConflict(client, scope)
    if (options.json) printJson(conflict)
    else for (const line of conflictLines(conflict)) printLine(line)
    process.exitCode = EXIT.findings
    return
  }
  const items = await readConflicts(client)
  if (options.json) printJson({ items })
  else if (items.length === 0) printLine('There are no conflicts.')
  else {
    for (const conflict of items) printLine(conflictLine(conflict))
    printLine(`${plural(items.length, 'conflict')}; \`tandem conflicts <kind/slug>\` shows one by field.`)
  }
  if (items.length > 0) process.exitCode = EXIT.findings
}
