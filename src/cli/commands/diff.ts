import type { Command } from 'commander'
import { type ComparedResource, compareResources } from '../../core/format/compare-folders.ts'
import { normalize } from '../../core/format/normalize.ts'
import { lintRepository, type RepositoryFile } from '../../core/lint/repository.ts'
import { CliError, EXIT } from '../exit.ts'
import { plural, printJson, printLine, printNote } from '../print.ts'
import { readFolder } from '../read-folder.ts'
import { changesReport } from '../report/changes.ts'

export function register(program: Command): void {
  program
    .command('diff')
    .argument('<A>', 'an existing folder, else a commit of the repository around the current folder')
    .argument('<B>', 'the same for the other side')
    .option('--json', 'print JSON')
    .summary('show what differs, by resource and field')
    .description('Compare two folders or commits by what their resources mean; order and style do not count.')
    .addHelpText(
      'after',
      '\nExamples:\n  $ tandem diff schema-repo ../other-repo\n  $ tandem diff main HEAD --json\n',
    )
    .action(diff)
}

type Side = {
  readonly resources: readonly ComparedResource[]
  readonly broken: ReadonlyMap<string, string>
}

async function diff(a: string, b: string, options: { readonly json?: true }): Promise<void> {
  const [before, after] = [await readSide(a), await readSide(b)]
  const unread = [...new Set([...before.broken.keys(), ...after.broken.keys()])].filter(
    (path) => before.broken.get(path) !== after.broken.get(path),
  )
  const changes = compareResources(without(before, unread), without(after, unread))
  if (options.json === true) printJson({ changes })
  else for (const line of changesReport(changes)) printLine(line)
  if (unread.length > 0) {
    const files = plural(unread.length, 'file')
    printNote(`${files} could not be compared (\`tandem validate\` says why): ${unread.sort().join(', ')}`)
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

async function readSide(name: string): Promise<Side> {
  const { read } = lintRepository(await readFiles(name))
  const resources = read.flatMap(({ ref, value, broken }) =>
    broken || value === null ? [] : [{ ref, value: normalize(ref.kind, value) }],
  )
  const broken = new Map(read.flatMap((file) => (file.broken ? [[keyOf(file), file.text] as const] : [])))
  return { resources, broken }
}

async function readFiles(name: string): Promise<RepositoryFile[]> {
  const { statSync } = await import('node:fs')
  if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) return readFolder(name)
  const { tryReadCommit } = await import('../read-commit.ts')
  const files = await tryReadCommit('.', name)
  if (files !== null) return files
  throw new CliError(
    EXIT.usage,
    `\`${name}\` is neither a folder nor a commit of the repository around this folder.`,
    'Check the spelling, or name a folder.',
  )
}
