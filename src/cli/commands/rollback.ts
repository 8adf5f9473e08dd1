import type { Command } from 'commander'
import { RollbackAnswer } from '../../core/wire/history.ts'
import { CliError, EXIT } from '../exit.ts'
import { createClient, RefusedError } from '../online/client.ts'
import { rollbackLines, sentenceOf } from '../online/history-words.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { parseScope } from '../online/scope.ts'
import { printJson, printLine, printNote } from '../print.ts'

type Options = OnlineOptions & { readonly json?: true; readonly dryRun?: true }

export function register(program: Command): void {
  withOnlineOptions(program.command('rollback'))
    .argument('<commit>', 'the version to go back to: its id, or the beginning of it')
    .argument('[kind/slug]', 'restore this resource alone')
    .option('--dry-run', 'say what it would change and break, and do nothing')
    .option('--json', 'print as JSON')
    .summary('go back to a version, as a new commit')
    .description(
      'Restore one resource, or roll the whole schema back to a commit: a new commit on top, after the same checks as a save. A dry run exits with 1 when anything would change or break.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ tandem rollback abc1234 --dry-run\n  $ tandem rollback abc1234 parent-models/users\n',
    )
    .action(rollback)
}

async function rollback(commit: string, name: string | undefined, options: Options): Promise<void> {
  const scope = parseScope(name)
  if (!/^[0-9a-f]{4,40}$/.test(commit)) {
    throw new CliError(
      EXIT.usage,
      `\`${commit}\` is no commit id.`,
      'Give 4 to 40 of its characters; `tandem history` lists them.',
    )
  }
  const client = createClient(targetOf(options))
  const dryRun = options.dryRun ?? false
  const answer = await client
    .post('/git/rollback', { commit, ...scope, dryRun }, RollbackAnswer)
    .catch((error: unknown) => {
      if (error instanceof RefusedError) {
        for (const one of error.problem.diagnostics ?? []) printNote(`  ${sentenceOf(one)}`)
      }
      throw error
    })
  if (options.json) printJson(answer)
  else for (const line of rollbackLines(answer)) printLine(line)
  if (dryRun && answer.changes.length + answer.diagnostics.length > 0) process.exitCode = EXIT.findings
}
