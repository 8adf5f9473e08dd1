import type { Command } from 'commander'
import { RenamedAlias } from '../../core/wire/environments.ts'
import { AliasesWire } from '../../core/wire/git.ts'
import { CliError, EXIT } from '../exit.ts'
import { createClient } from '../online/client.ts'
import { followRun } from '../online/follow-run.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { reportRun } from '../online/report-run.ts'
import { printNote } from '../print.ts'

type Options = OnlineOptions & { readonly json?: true }

export function register(program: Command): void {
  withOnlineOptions(program.command('rename-alias'))
    .argument('<from>', 'the alias, as the files say it')
    .argument('<to>', 'its new name')
    .option('--json', 'print the finished run as JSON')
    .summary('give an alias another name in every file at once')
    .description(
      'One commit, as you: the alias file, every file that says the old name, and the alias files of workspaces that share the path. Notes the workspaces that read these files from another branch, with the line that each needs.',
    )
    .addHelpText('after', '\nExample:\n  $ tandem rename-alias main-db warehouse --workspace staging\n')
    .action(renameAlias)
}

async function renameAlias(from: string, to: string, options: Options): Promise<void> {
  const client = createClient(targetOf(options))
  const aliases = await client.get('/git/aliases', AliasesWire)
  const sections = (['sources', 'destinations'] as const).filter((one) => Object.hasOwn(aliases[one], from))
  const [section] = sections
  if (section === undefined || sections.length > 1) {
    const problem = section === undefined ? 'has no alias' : 'has a source and a destination with the alias'
    throw new CliError(EXIT.usage, `The workspace ${problem} ${from}.`, 'Look at Environments → Aliases.')
  }
  const { run, addIn } = await client.post('/git/aliases/rename', { section, from, to }, RenamedAlias)
  const finished = await followRun(client, run)
  if (finished.error === null) {
    for (const { workspace, branch, file, name, slug } of addIn) {
      printNote(
        `${workspace} reads these files from ${branch}: add \`${name}: ${slug}\` under \`${section}:\` in ${file} before they arrive there.`,
      )
    }
  }
  reportRun(finished, { json: options.json ?? false })
}
