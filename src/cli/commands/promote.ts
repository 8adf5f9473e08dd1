import type { Command } from 'commander'
import { PromotionAnswer } from '../../core/wire/environments.ts'
import { EXIT } from '../exit.ts'
import { createClient, RefusedError } from '../online/client.ts'
import { sentenceOf } from '../online/history-words.ts'
import { SERVER_DEFAULT, targetOf } from '../online/options.ts'
import { promotionLines } from '../online/promotion-words.ts'
import { parseScope } from '../online/scope.ts'
import { printJson, printLine, printNote } from '../print.ts'

type Options = {
  readonly server?: string
  readonly token?: string
  readonly message?: string
  readonly review?: true
  readonly dryRun?: true
  readonly json?: true
}

export function register(program: Command): void {
  program
    .command('promote')
    .argument('<from>', 'the workspace that has it')
    .argument('<to>', 'the workspace that is to have it')
    .argument(
      '[kind/slug...]',
      'these resources and what they need; without any, all in which the two differ',
    )
    .option('--dry-run', 'say what it would change and break, and do nothing')
    .option('--review', 'by a branch and a pull request, though the workspace commits by itself')
    .option('--message <text>', 'stands first in the message of the commit')
    .option('--json', 'print as JSON')
    .option('--server <url>', `the server (TANDEM_SERVER, otherwise ${SERVER_DEFAULT})`)
    .option('--token <key>', 'an API key that may read the one and edit the other (TANDEM_TOKEN)')
    .summary('take resources from one workspace over into another')
    .description(
      'Give a workspace what another one has, with the sources and destinations that stand for the same there. What only <to> has stays, unless it is named. A dry run exits with 1 when anything would change or break.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ tandem promote staging production --dry-run\n  $ tandem promote staging production parent-models/users syncs/users-to-crm\n',
    )
    .action(promote)
}

async function promote(from: string, to: string, names: readonly string[], options: Options): Promise<void> {
  const { server, token, message } = options
  const resources = names.flatMap((name) => parseScope(name) ?? [])
  const client = createClient(targetOf({ workspace: to, ...(server && { server }), ...(token && { token }) }))
  const dryRun = options.dryRun ?? false
  const asked = {
    from,
    dryRun,
    ...(options.review && { as: 'review' }),
    ...(message && { message }),
    ...(resources.length > 0 && { resources }),
  }
  const answer = await client.post('/promotions', asked, PromotionAnswer).catch((error: unknown) => {
    if (error instanceof RefusedError) {
      for (const one of error.problem.diagnostics ?? []) printNote(`  ${sentenceOf(one)}`)
    }
    throw error
  })
  if (options.json) printJson(answer)
  else for (const line of promotionLines(answer)) printLine(line)
  if (dryRun && answer.changes.length + answer.diagnostics.length > 0) process.exitCode = EXIT.findings
}
