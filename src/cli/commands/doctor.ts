import type { Command } from 'commander'
import pc from 'picocolors'
import { Doctor, type DoctorItem } from '../../core/wire/doctor.ts'
import { EXIT } from '../exit.ts'
import { createClient } from '../online/client.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { onOneLine } from '../online/words.ts'
import { plural, printJson, printLine } from '../print.ts'

type Options = OnlineOptions & { readonly json?: true; readonly strict?: true }

export function register(program: Command): void {
  withOnlineOptions(program.command('doctor'))
    .option('--json', 'print the items as JSON')
    .option('--strict', 'exit with 1 for warnings too')
    .summary('check that everything is ready for Git Sync')
    .description(
      'Check a workspace, its repository, its sources and the other workspaces on the same repository, live, and say how to mend what is wrong. Exits with 1 when something is.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ tandem doctor --workspace staging\n  $ tandem doctor --strict --json\n',
    )
    .action(doctor)
}

async function doctor(options: Options): Promise<void> {
  const client = createClient(targetOf(options))
  const answer = await client.get('/git/doctor', Doctor)
  if (options.json) printJson(answer)
  else for (const line of lines(client.workspace, answer)) printLine(line)
  const bad = answer.items.some(({ state }) => state === 'fail' || (options.strict && state === 'warn'))
  if (bad) process.exitCode = EXIT.findings
}

const SIGNS = { pass: pc.green('pass'), warn: pc.yellow('warn'), fail: pc.red('fail') } as const

function lines(workspace: string, { items }: Doctor): string[] {
  const count = (state: DoctorItem['state']) => items.filter((item) => item.state === state).length
  const [faults, warnings] = [count('fail'), count('warn')]
  const verdict =
    faults + warnings === 0
      ? 'all is well'
      : [faults > 0 && plural(faults, 'fault'), warnings > 0 && plural(warnings, 'warning')]
          .filter(Boolean)
          .join(', ')
  const shown = items.flatMap(({ state, title, message, fix }) => [
    `${SIGNS[state]}  ${pc.bold(onOneLine(title))}: ${onOneLine(message)}`,
    ...(fix === null ? [] : [`      ${onOneLine(fix)}`]),
  ])
  return [...shown, `${workspace}: ${verdict}.`]
}
