import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { type FileConflict, resolutionOf } from '../../core/wire/conflict-sides.ts'
import { AliasesWire } from '../../core/wire/git.ts'
import type { ResolveConflict } from '../../core/wire/plan.ts'
import { CliError, EXIT } from '../exit.ts'
import { type Client, createClient, RefusedError } from '../online/client.ts'
import { conflictLines } from '../online/conflict-words.ts'
import { readConflict, Settled } from '../online/conflicts.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { byField, parseWayOut, readValue, type WayOut } from '../online/resolution.ts'
import { parseScope } from '../online/scope.ts'
import { onOneLine } from '../online/words.ts'
import { printJson, printLine, printNote } from '../print.ts'

type Options = OnlineOptions & {
  readonly take?: string
  readonly field?: readonly string[]
  readonly value?: string
  readonly json?: true
}

export function register(program: Command): void {
  withOnlineOptions(program.command('resolve'))
    .argument('<kind/slug>', 'the resource in conflict')
    .option('--take <side>', 'take one side whole: workspace or git')
    .option(
      '--field <pointer=side>',
      'take a field of a side, like /description=git; one for each field in conflict',
      (text: string, before: readonly string[] = []) => [...before, text],
    )
    .option('--value <file>', 'take the edited result in this YAML or JSON file')
    .option('--json', 'print the change set as JSON')
    .summary('settle a conflict')
    .description(
      'Settle a conflict for good: the choice becomes one change, and one commit where Git has to learn of it. Refused with exit 3 when a side has moved on meanwhile.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ tandem resolve parent-models/users --take git\n  $ tandem resolve parent-models/users --field /name=workspace --field /description=git\n  $ tandem resolve parent-models/users --value users.yaml\n',
    )
    .action(resolve)
}

async function resolve(name: string, options: Options): Promise<void> {
  const ref = parseScope(name)
  if (ref === null) throw new CliError(EXIT.usage, 'Expected the resource, like parent-models/users.')
  const way = parseWayOut(options)
  const client = createClient(targetOf(options))
  const conflict = await readConflict(client, ref)
  const body = await bodyOf(client, conflict, way)
  const path = `/git/conflicts/${encodeURIComponent(conflict.id)}/resolve`
  const settled = await client.post(path, body, Settled).catch((error: unknown) => {
    const present = error instanceof RefusedError ? error.problem.conflict : undefined
    if (present) for (const line of conflictLines(present)) printNote(line)
    throw error
  })
  if (options.json) return printJson(settled)
  printLine(`Settled ${onOneLine(name)}: ${WORDS[body.take]}.`)
}

const WORDS: Readonly<Record<ResolveConflict['take'], string>> = {
  workspace: "the workspace's version goes to Git",
  git: "the workspace has Git's version",
  value: 'the workspace has the result, and it goes to Git',
}

async function bodyOf(client: Client, conflict: FileConflict, way: WayOut): Promise<ResolveConflict> {
  const { ours, theirs } = conflict
  switch (way.kind) {
    case 'take':
      return { take: way.side, ours, theirs }
    case 'fields':
      return resolutionOf(conflict, byField(conflict, way.choices))
    case 'value': {
      const { sources, destinations } = await client.get('/git/aliases', AliasesWire)
      const aliases = {
        sources: new Map(Object.entries(sources)),
        destinations: new Map(Object.entries(destinations)),
      }
      return resolutionOf(conflict, readValue(conflict, way.file, await textOf(way.file), aliases))
    }
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CliError(EXIT.usage, `\`${file}\` cannot be read.`, 'Name a YAML or JSON file.', { cause })
  }
}
