import type { Command } from 'commander'
import { spellAliases } from '../../core/environments/aliases.ts'
import { type ComparedResource, compareResources } from '../../core/format/compare-folders.ts'
import { normalize } from '../../core/format/normalize.ts'
import { lintRepository, type RepositoryFile } from '../../core/lint/repository.ts'
import { Workspace } from '../../core/wire/workspace.ts'
import { CliError, EXIT } from '../exit.ts'
import { SERVER_DEFAULT, type Target, targetOf } from '../online/options.ts'
import { plural, printJson, printLine, printNote } from '../print.ts'
import { readFolder } from '../read-folder.ts'
import { changesReport } from '../report/changes.ts'

export function register(program: Command): void {
  program
    .command('diff')
    .argument(
      '<A>',
      'an existing folder, else a commit of the repository around this folder, else a workspace of the server',
    )
    .argument('<B>', 'the same for the other side')
    .option('--json', 'print JSON')
    .option('--server <url>', `the server, for workspaces (TANDEM_SERVER, otherwise ${SERVER_DEFAULT})`)
    .option('--token <key>', 'an API key, for workspaces (TANDEM_TOKEN)')
    .summary('show what differs, by resource and field')
    .description(
      'Compare two folders, commits or workspaces by what their resources mean; order and style do not count, and between two workspaces neither does a source or destination that stands for the other. Exits with 1 when something differs.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ tandem diff schema-repo ../other-repo\n  $ tandem diff main HEAD --json\n  $ tandem diff staging production\n',
    )
    .action(diff)
}

type Side = {
  readonly resources: readonly ComparedResource[]
  readonly broken: ReadonlyMap<string, string>
}

type Options = { readonly json?: true; readonly server?: string; readonly token?: string }

async function diff(a: string, b: string, options: Options): Promise<void> {
  const [filesA, filesB] = [await readFiles(a), await readFiles(b)]
  if (filesA === null && filesB === null) return diffEnvironments(a, b, options)
  const [before, after] = [await readSide(a, filesA, options), await readSide(b, filesB, options)]
  const unread = [...new Set([...before.broken.keys(), ...after.broken.keys()])]
    .filter((key) => before.broken.get(key) !== after.broken.get(key))
    .sort()
  const changes = compareResources(without(before, unread), without(after, unread))
  if (options.json === true) printJson({ changes })
  else for (const line of changesReport(changes, unread.length)) printLine(line)
  if (unread.length > 0) {
    const files = plural(unread.length, 'file')
    printNote(`${files} could not be compared (\`tandem validate\` says why): ${unread.join(', ')}`)
  }
  if (changes.length > 0 || unread.length > 0) process.exitCode = EXIT.findings
}

/** A file that cannot be read on one side says nothing about what the other side has in its place. */
function without(side: Side, unread: readonly string[]): ComparedResource[] {
  const keys = new Set(unread)
  return side.resources.filter((resource) => !keys.has(keyOf(resource)))
}

function keyOf({ ref }: Pick<ComparedResource, 'ref'>): string {
  return `${ref.kind}/${ref.slug}`
}

async function readSide(
  name: string,
  files: readonly RepositoryFile[] | null,
  options: Options,
): Promise<Side> {
  if (files === null) return readWorkspaceSide(name, options)
  const { read } = lintRepository(files)
  const resources = read.flatMap(({ ref, value, broken }) =>
    broken || value === null ? [] : [{ ref, value: normalize(ref.kind, value) }],
  )
  const broken = new Map(read.flatMap((file) => (file.broken ? [[keyOf(file), file.text] as const] : [])))
  return { resources, broken }
}

/** Null: neither a folder nor a commit. */
async function readFiles(name: string): Promise<RepositoryFile[] | null> {
  const { statSync } = await import('node:fs')
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) return readFolder(name)
  const { tryReadCommit } = await import('../read-commit.ts')
  return tryReadCommit('.', name)
}

/** Two workspaces of a server, which knows what stands for what in each (W7). */
async function diffEnvironments(a: string, b: string, options: Options): Promise<void> {
  const target = workspaceTarget(a, options)
  const { createClient } = await import('../online/client.ts')
  const { compareEnvironments, counterpartLines } = await import('../online/compare-environments.ts')
  for (const name of [a, b]) {
    const found = createClient({ ...target, workspace: name }).get('', Workspace)
    await found.catch((error: unknown) => refuseUnknown(error, name, target.server))
  }
  const compared = await compareEnvironments(target, a, b)
  const { changes, counterparts } = compared
  if (options.json === true) printJson({ changes, counterparts })
  else for (const line of [...changesReport(changes, 0), ...counterpartLines(compared)]) printLine(line)
  if (changes.length > 0) process.exitCode = EXIT.findings
}

/** A workspace as its files would spell it: with the aliases of its connection. */
async function readWorkspaceSide(name: string, options: Options): Promise<Side> {
  const target = workspaceTarget(name, options)
  const { createClient } = await import('../online/client.ts')
  const { readWorkspace } = await import('../online/read-workspace.ts')
  const { resources, aliases } = await readWorkspace(createClient(target)).catch((error: unknown) =>
    refuseUnknown(error, name, target.server),
  )
  const spelled = resources.map(({ ref, value }) => ({
    ref,
    value: spellAliases(ref.kind, value, aliases, null),
  }))
  return { resources: spelled, broken: new Map() }
}

function workspaceTarget(name: string, { server, token }: Options): Target {
  if (!token && !process.env.TANDEM_TOKEN) {
    const hint =
      'Check the spelling; for a workspace of a server, give an API key with --token or TANDEM_TOKEN.'
    throw new CliError(EXIT.usage, `${unknown(name)}.`, hint)
  }
  return targetOf({ workspace: name, ...(server && { server }), ...(token && { token }) })
}

async function refuseUnknown(error: unknown, name: string, server: string): Promise<never> {
  const { RefusedError } = await import('../online/client.ts')
  if (!(error instanceof RefusedError) || error.problem.status !== 404) throw error
  throw new CliError(
    EXIT.usage,
    `${unknown(name)}, and ${server} has no workspace of that name, or your key may not see it: a key belongs to one workspace unless an administrator made it for all.`,
  )
}

function unknown(name: string): string {
  return `\`${name}\` is neither a folder nor a commit of the repository around this folder`
}
