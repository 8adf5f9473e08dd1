import type { Command } from 'commander'
import { spellAliases } from '../../core/environments/aliases.ts'
import { type ComparedResource, compareResources } from '../../core/format/compare-folders.ts'
import { normalize } from '../../core/format/normalize.ts'
import { lintRepository, type RepositoryFile } from '../../core/lint/repository.ts'
import { CliError, EXIT } from '../exit.ts'
import { SERVER_DEFAULT, targetOf } from '../online/options.ts'
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
      'Compare two folders, commits or workspaces by what their resources mean; order and style do not count.',
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
  const [before, after] = [await readSide(a, options), await readSide(b, options)]
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

async function readSide(name: string, options: Options): Promise<Side> {
  const files = await readFiles(name)
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

/** A workspace as its files would spell it: with the aliases of its connection. */
async function readWorkspaceSide(name: string, options: Options): Promise<Side> {
  const { server, token } = options
  const unknown = `\`${name}\` is neither a folder nor a commit of the repository around this folder`
  if (!token && !process.env.TANDEM_TOKEN) {
    const hint =
      'Check the spelling; for a workspace of a server, give an API key with --token or TANDEM_TOKEN.'
    throw new CliError(EXIT.usage, `${unknown}.`, hint)
  }
  const { createClient, RefusedError } = await import('../online/client.ts')
  const { readWorkspace } = await import('../online/read-workspace.ts')
  const target = targetOf({ workspace: name, ...(server && { server }), ...(token && { token }) })
  const { resources, aliases } = await readWorkspace(createClient(target)).catch((error: unknown) => {
    if (!(error instanceof RefusedError) || error.problem.status !== 404) throw error
    throw new CliError(
      EXIT.usage,
      `${unknown}, and ${target.server} has no workspace of that name, or your key may not see it: a key belongs to one workspace unless an administrator made it for all.`,
    )
  })
  const spelled = resources.map(({ ref, value }) => ({
    ref,
    value: spellAliases(ref.kind, value, aliases, null),
  }))
  return { resources: spelled, broken: new Map() }
}
