import type { Command } from 'commander'
import { classifyPath } from '../../core/format/classify.ts'
import { lintRepository, type RepositoryFile } from '../../core/lint/repository.ts'
import { ChangesSaved } from '../../core/wire/changes.ts'
import { CliError, EXIT } from '../exit.ts'
import { type Client, createClient, RefusedError } from '../online/client.ts'
import { divide, type ImportWrite, planImport } from '../online/import-plan.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { readEntries } from '../online/read-workspace.ts'
import { onOneLine } from '../online/words.ts'
import { plural, printJson, printLine, printNote } from '../print.ts'
import { readFolder } from '../read-folder.ts'
import { sentence } from '../report/text.ts'

type Options = OnlineOptions & { readonly json?: true; readonly message?: string; readonly adopt?: string }

export function register(program: Command): void {
  withOnlineOptions(program.command('import'))
    .argument('<dir>', 'the folder of a repository')
    .option('--adopt <slug>', 'read the manifest and alias file of this other workspace')
    .option('--message <text>', 'what the change set says')
    .option('--json', 'print what was written as JSON')
    .summary('read a folder into a workspace')
    .description(
      "Read a folder into a workspace, without Git: everything is written over, nothing deleted. Names are read through the folder's alias file for this workspace, or of the only workspace that the folder was written for; sources and destinations of its manifest are made unconnected where they are missing. A folder with errors is not imported.",
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ tandem import schema-repo --workspace staging\n  $ tandem import schema-repo --workspace sandbox --adopt staging\n',
    )
    .action(importFrom)
}

/** Below the server's limit of 64 MiB, with room for the rest of the body. */
const BODY_BYTES = 60 * 1024 * 1024

async function importFrom(dir: string, options: Options): Promise<void> {
  const target = targetOf(options)
  const files = await readFolder(dir)
  const workspace = writtenFor(files, target.workspace, options.adopt)
  const linted = lintRepository(files, { workspace })
  const errors = linted.diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    for (const error of errors) printNote(sentence(error))
    printNote(`Nothing was imported: ${plural(errors.length, 'error')}.`)
    process.exitCode = EXIT.findings
    return
  }
  const client = createClient(target)
  const present = {
    sources: await readEntries(client, 'sources'),
    destinations: await readEntries(client, 'destinations'),
  }
  const plan = planImport(linted, present)
  for (const part of divide([...plan.connections, ...plan.resources], BODY_BYTES)) {
    if (
      !(await write(client, part, options.message ?? `Import ${plural(plan.resources.length, 'resource')}`))
    )
      return
  }
  const created = plan.connections.map(({ kind, slug }) => `${kind}/${slug}`)
  if (options.json) return printJson({ resources: plan.resources.length, created, pending: plan.pending })
  printLine(`${plural(plan.resources.length, 'resource')} imported into ${target.workspace}.`)
  if (created.length > 0) printLine(`Made, to be connected: ${created.join(', ')}`)
  if (plan.pending.length > 0) {
    printLine(
      `Left out, because a source or destination in them has no meaning here: ${plan.pending.join(', ')}`,
    )
  }
}

/** Whose manifest and alias file give the names their meaning. */
function writtenFor(files: readonly RepositoryFile[], own: string, adopt: string | undefined): string {
  const manifests = files.flatMap(({ path }) => {
    const found = classifyPath(path)
    return found.kind === 'manifest' ? [found.workspace] : []
  })
  if (adopt !== undefined) {
    if (manifests.includes(adopt)) return adopt
    const there = manifests.map((slug) => `\`${slug}\``).join(', ') || 'none'
    throw new CliError(EXIT.usage, `The folder has no manifest of \`${adopt}\`.`, `It has: ${there}.`)
  }
  const [only, ...others] = manifests
  if (only === undefined || others.length > 0 || only === own) return own
  printNote(`The folder was written for \`${only}\`: its manifest and aliases are used.`)
  return only
}

/** False: the values were refused, and why was printed. */
async function write(client: Client, writes: readonly ImportWrite[], message: string): Promise<boolean> {
  try {
    await client.post('/changes', { message, writes }, ChangesSaved)
    return true
  } catch (error) {
    if (!(error instanceof RefusedError) || error.problem.code !== 'invalid-value') throw error
    for (const found of error.problem.diagnostics ?? []) {
      const place = 'field' in found ? `${found.kind}/${found.slug}${found.field}` : found.file
      printNote(
        onOneLine(`${place}: ${found.message}${found.hint === null ? '' : ` ${found.hint}`} (${found.code})`),
      )
    }
    printNote('The change set was refused: nothing of it was imported.')
    process.exitCode = EXIT.findings
    return false
  }
}
