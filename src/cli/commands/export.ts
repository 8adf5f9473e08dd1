import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { spellAliases } from '../../core/environments/aliases.ts'
import { writeAliasFile } from '../../core/format/alias-file.ts'
import { classifyPath, newPath } from '../../core/format/classify.ts'
import { DEFAULT_LIMITS } from '../../core/format/limits.ts'
import { writeManifest } from '../../core/format/manifest.ts'
import { fileValueOf } from '../../core/format/normalize.ts'
import { readManifest } from '../../core/format/read-file.ts'
import { writeResource } from '../../core/format/write.ts'
import { type FolderResource, lintRepository } from '../../core/lint/repository.ts'
import { type ResourceKey, resourceKey } from '../../core/model/resource.ts'
import { CliError, EXIT } from '../exit.ts'
import { createClient } from '../online/client.ts'
import { type OnlineOptions, targetOf, withOnlineOptions } from '../online/options.ts'
import { readWorkspace, type WorkspaceContents } from '../online/read-workspace.ts'
import { plural, printJson, printLine } from '../print.ts'
import { readFolder } from '../read-folder.ts'
import { replaceFile } from '../replace-file.ts'

type Options = OnlineOptions & { readonly json?: true }

export function register(program: Command): void {
  withOnlineOptions(program.command('export'))
    .argument('<dir>', 'the folder to write to; made when missing')
    .option('--json', 'print what was written as JSON')
    .summary('write a workspace to a folder')
    .description(
      'Write a workspace to a folder in the repository format, without Git. Files that are there keep their style; those of other resources are left alone and listed.',
    )
    .addHelpText('after', '\nExample:\n  $ tandem export schema-repo --workspace staging\n')
    .action(exportTo)
}

async function exportTo(dir: string, options: Options): Promise<void> {
  const client = createClient(targetOf(options))
  const contents = await readWorkspace(client)
  await mkdir(dir, { recursive: true }).catch((cause) => {
    throw new CliError(
      EXIT.usage,
      `The folder \`${dir}\` cannot be made.`,
      'Name a folder that you may write to.',
      { cause },
    )
  })
  const files = await readFolder(dir)
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const { read } = lintRepository(files, { workspace: client.workspace })
  const wanted = textsOf(contents, read, texts, client.workspace)
  const changed = [...wanted].filter(([path, text]) => texts.get(path) !== text)
  for (const [path, text] of changed) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    if (texts.has(path)) await replaceFile(join(dir, path), text)
    else await createFile(join(dir, path), text)
  }
  const written = changed.map(([path]) => path)
  const left = read.map(({ path }) => path).filter((path) => !wanted.has(path))
  if (options.json) return printJson({ resources: contents.resources.length, written, left })
  printLine(
    `${plural(contents.resources.length, 'resource')}: ${plural(written.length, 'file')} written to ${dir}.`,
  )
  if (left.length > 0) printLine(`Left alone, because the workspace has no such resource: ${left.join(', ')}`)
}

function textsOf(
  { resources, manifest, aliases }: WorkspaceContents,
  read: readonly FolderResource[],
  texts: ReadonlyMap<string, string | null>,
  workspace: string,
): Map<string, string> {
  const existing = new Map<ResourceKey, FolderResource>(read.map((one) => [resourceKey(one.ref), one]))
  const wanted = new Map<string, string>()
  for (const { ref, value } of resources) {
    const file = existing.get(resourceKey(ref))
    const before = file && file.value !== null && !file.broken ? { text: file.text, value: file.value } : null
    const spelled = spellAliases(ref.kind, value, aliases, before?.value ?? null)
    const fileValue = fileValueOf(ref.kind, spelled, before?.value ?? null)
    wanted.set(file?.path ?? safePath(newPath(ref)), writeResource(ref.kind, before, fileValue))
  }
  const manifestPath = `manifest-${workspace}.yaml`
  const manifestBefore = texts.get(manifestPath) ?? null
  const manifestText = writeManifest(readBefore(manifestPath, manifestBefore), manifest)
  if (manifestText !== null) wanted.set(manifestPath, manifestText)
  const aliasPath = `aliases-${workspace}.yaml`
  wanted.set(aliasPath, writeAliasFile(texts.get(aliasPath) ?? null, aliases))
  return wanted
}

function readBefore(path: string, text: string | null) {
  if (text === null) return null
  const { manifest } = readManifest(path, text, DEFAULT_LIMITS)
  return manifest && { text, manifest }
}

/** What lies there and is no file that was read (a link, a folder) is never written through. */
async function createFile(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' }).catch((cause) => {
    throw new CliError(
      EXIT.usage,
      `\`${path}\` cannot be written.`,
      'Something else lies there, or you may not write to the folder.',
      { cause },
    )
  })
}

/** A slug comes from the server: a path of it must stay in its folder. */
function safePath(path: string): string {
  const parts = path.split('/')
  const isInside =
    classifyPath(path).kind === 'resource' && !parts.some((part) => part === '..' || part === '')
  if (isInside && !path.includes('\\')) return path
  throw new CliError(
    EXIT.refused,
    `The server names a resource that cannot be a file: ${JSON.stringify(path)}.`,
  )
}
