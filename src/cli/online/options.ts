import type { Command } from 'commander'
import { CliError, EXIT } from '../exit.ts'

export const SERVER_DEFAULT = 'http://127.0.0.1:4400'

export type OnlineOptions = { readonly server?: string; readonly token?: string; readonly workspace?: string }
export type Target = { readonly server: string; readonly token: string; readonly workspace: string }

/** What every command that asks a server takes (C3). */
export function withOnlineOptions(command: Command): Command {
  return command
    .option('--server <url>', `the server (TANDEM_SERVER, otherwise ${SERVER_DEFAULT})`)
    .option('--token <key>', 'an API key (TANDEM_TOKEN)')
    .option('--workspace <slug>', 'the workspace (TANDEM_WORKSPACE)')
}

export function targetOf(options: OnlineOptions): Target {
  const server = options.server || process.env.TANDEM_SERVER || SERVER_DEFAULT
  const protocol = URL.parse(server)?.protocol
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new CliError(
      EXIT.usage,
      `\`${server}\` is not the address of a server.`,
      `Write it like ${SERVER_DEFAULT}.`,
    )
  }
  return {
    server: server.replace(/\/+$/, ''),
    token: required(options.token || process.env.TANDEM_TOKEN, 'an API key', '--token', 'TANDEM_TOKEN'),
    workspace: required(
      options.workspace || process.env.TANDEM_WORKSPACE,
      'a workspace',
      '--workspace',
      'TANDEM_WORKSPACE',
    ),
  }
}

function required(value: string | undefined, what: string, flag: string, variable: string): string {
  if (value) return value
  throw new CliError(EXIT.usage, `This command needs ${what}.`, `Give it with ${flag} or ${variable}.`)
}
