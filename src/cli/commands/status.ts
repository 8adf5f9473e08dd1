import type { Command } from 'commander'
import { Connection, type GitStatus } from '../../core/wire/git.ts'
import { Workspace } from '../../core/wire/workspace.ts'
import { EXIT } from '../exit.ts'
import { createClient } from '../online/client.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { onOneLine } from '../online/words.ts'
import { plural, printJson, printLine } from '../print.ts'

type Options = OnlineOptions & { readonly json?: true }

export function register(program: Command): void {
  withOnlineOptions(program.command('status'))
    .option('--json', 'print the connection with its state as JSON')
    .summary('show the state of a workspace and its repository')
    .description('Show whether a workspace and its repository agree. Exits with 1 when a person is needed.')
    .addHelpText('after', '\nExample:\n  $ tandem status --workspace staging\n')
    .action(status)
}

const WORDS: Readonly<Record<GitStatus['state'], string>> = {
  'never-synced': 'connected, never synced',
  'in-sync': 'in sync',
  ahead: 'saves are on their way to Git, or in a review',
  behind: 'commits are on their way here',
  syncing: 'syncing',
  conflicts: 'changed on both sides: see `tandem conflicts`',
  held: 'waits for consent: see `tandem approve`',
  blocked: 'stopped by a faulty commit: see `tandem runs`; `tandem put-back` undoes it',
  failed: 'the last run failed',
  off: 'Git Sync is off',
}
const NEEDS_A_PERSON: readonly GitStatus['state'][] = ['conflicts', 'held', 'blocked', 'failed']

async function status(options: Options): Promise<void> {
  const client = createClient(targetOf(options))
  const connection = await client.find('/git', Connection)
  // Not connected and no such workspace are one answer there; this refuses the latter.
  if (connection === null) await client.get('', Workspace)
  if (options.json) printJson(connection)
  else if (connection === null) printLine(`${client.workspace}: no repository is connected.`)
  else for (const line of lines(client.workspace, connection)) printLine(line)
  if (connection && NEEDS_A_PERSON.includes(connection.status.state)) process.exitCode = EXIT.findings
}

function lines(workspace: string, { url, branch, path, status }: Connection): string[] {
  const { state, syncedCommit, waiting, conflicts, pending, aside, forwards, reviews } = status
  const counts = [
    ...(waiting > 0 ? [`${plural(waiting, 'resource')} not in Git yet`] : []),
    ...(reviews > 0 ? [plural(reviews, 'open review')] : []),
    ...(conflicts > 0 ? [plural(conflicts, 'conflict')] : []),
    ...(pending > 0 ? [`${plural(pending, 'file')} pending`] : []),
    ...(aside > 0 ? [`${plural(aside, 'file')} set aside`] : []),
    ...(forwards > 0 ? [`${plural(forwards, 'file')} with old names: see \`tandem mend-references\``] : []),
  ]
  return [
    `${workspace}: ${WORDS[state]}${syncedCommit === null ? '' : ` at ${syncedCommit.slice(0, 7)}`}`,
    `  ${onOneLine(url)}, branch ${onOneLine(branch)}${path === '' ? '' : `, path ${onOneLine(path)}`}`,
    ...(counts.length === 0 ? [] : [`  ${counts.join(', ')}`]),
  ]
}
