import { type Command, Option } from 'commander'
import { Connection } from '../../core/wire/git.ts'
import { type HeldGroup, heldGroups } from '../../core/wire/held.ts'
import { type ApproveRun, Run } from '../../core/wire/run.ts'
import { CliError, EXIT } from '../exit.ts'
import { askYes, isTerminal } from '../online/ask.ts'
import { type Client, createClient } from '../online/client.ts'
import { followRun } from '../online/follow-run.ts'
import { chooseGroup, heldLines } from '../online/held.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { reportRun } from '../online/report-run.ts'
import { plural, printJson, printLine, printNote } from '../print.ts'

type Options = OnlineOptions & {
  readonly digest?: string
  readonly dropped?: NonNullable<ApproveRun['dropped']>
  readonly yes?: true
  readonly json?: true
}

export function register(program: Command): void {
  withOnlineOptions(program.command('approve'))
    .argument('[run]', 'the held run; without one, the newest')
    .option('--digest <hex>', 'approve these changes and no others, as the run names them')
    .addOption(
      new Option(
        '--dropped <what>',
        'after a rewritten history: what it dropped is sent again or given up',
      ).choices(['send', 'give-up']),
    )
    .option('--yes', 'approve without being asked')
    .option('--json', 'print as JSON: the held changes, or with --yes the finished run')
    .summary('consent to what a held run would do')
    .description(
      'Show what the newest held run would do and ask. Nothing but the shown changes is approved. Without a terminal and without --yes it only shows them, and exits with 1.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  $ tandem approve --workspace staging\n  $ tandem approve --digest 4f…e1 --yes\n',
    )
    .action(approve)
}

async function approve(id: string | undefined, options: Options): Promise<void> {
  const client = createClient(targetOf(options))
  const json = options.json ?? false
  const run = await heldRun(client, id)
  if (run === null) return json ? printJson({ held: [] }) : printLine('Nothing waits for consent.')
  const groups = heldGroups({ held: run.plan?.held ?? [] })
  const isAsked = options.yes === true || (isTerminal() && !json)
  if (!isAsked) return showOnly(run, groups, json)
  const group = chooseGroup(groups, options.digest)
  checkDropped(group, options.dropped)
  const say = json ? printNote : printLine
  for (const line of heldLines(group)) say(line)
  if (options.yes !== true && !(await askYes(question(group)))) {
    printNote('Nothing was approved.')
    process.exitCode = EXIT.findings
    return
  }
  const body: ApproveRun = {
    digest: group.digest,
    ...(options.dropped === undefined ? {} : { dropped: options.dropped }),
  }
  const started = await client.post(`/git/runs/${encodeURIComponent(run.id)}/approve`, body, Run)
  reportRun(await followRun(client, started), { json })
}

async function heldRun(client: Client, id: string | undefined): Promise<Run | null> {
  const wanted = id ?? (await client.get('/git', Connection)).status.heldRun
  if (wanted === null) return null
  const run = await client.get(`/git/runs/${encodeURIComponent(wanted)}`, Run)
  if (run.state === 'held') return run
  throw new CliError(EXIT.usage, `The run ${run.id} is not held: it is ${run.state}.`)
}

function showOnly(run: Run, groups: readonly HeldGroup[], json: boolean): void {
  if (json) printJson({ run: run.id, held: run.plan?.held ?? [] })
  else {
    for (const line of groups.flatMap(heldLines)) printLine(line)
    printNote('Nothing was approved: add --yes, and --digest so that it is these changes.')
  }
  process.exitCode = EXIT.findings
}

function checkDropped({ entries }: HeldGroup, dropped: Options['dropped']): void {
  if (dropped === undefined || entries.some(({ reason }) => reason === 'history-rewritten')) return
  throw new CliError(EXIT.usage, '--dropped is for a rewritten history; this run waits for another reason.')
}

function question({ first: { changes, reason } }: HeldGroup): string {
  if (reason === 'branch-gone') return 'Make the branch again from the workspace?'
  return changes.length === 0 ? 'Approve it?' : `Approve ${plural(changes.length, 'change')}?`
}
