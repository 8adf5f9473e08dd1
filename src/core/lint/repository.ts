import { type Aliases, type AliasSection, aliasedField } from '../environments/aliases.ts'
import { checkAliases } from '../environments/check-aliases.ts'
import { classifyPath } from '../format/classify.ts'
import { diagnoseFile, sortDiagnostics } from '../format/diagnose.ts'
import { DEFAULT_LIMITS, type Limits } from '../format/limits.ts'
import { type Manifest, readAliases, readManifest, readResource } from '../format/read-file.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { own } from '../model/json.ts'
import { type FileRef, type FileValue, resourceKey } from '../model/resource.ts'
import { findDuplicates } from './duplicates.ts'
import { type Environment, NO_ENVIRONMENT } from './environment.ts'
import { checkFolderReferences, namesConnection } from './folder-references.ts'

export type RepositoryFile = {
  /** Relative to the connection's path, separated by `/`. */
  readonly path: string
  /** Null when the bytes are not UTF-8. */
  readonly text: string | null
}

export type LintOptions = {
  /** Whose alias and manifest files count; without one a name is known when any manifest knows it (C2). */
  readonly workspace?: string | undefined
  readonly limits?: Limits
}

/** `value` is null where a broken file holds none. */
export type FolderResource = {
  readonly path: string
  readonly text: string
  readonly ref: FileRef
  readonly value: FileValue | null
  readonly broken: boolean
}

export type LintedRepository = {
  /** Files of the format: guests do not count. */
  readonly files: number
  /** Resources by kind and slug, the broken ones too. */
  readonly resources: number
  readonly diagnostics: readonly Diagnostic[]
  readonly read: readonly FolderResource[]
  readonly environments: readonly Environment[]
}

type OwnFile<T> = {
  readonly path: string
  readonly text: string
  readonly workspace: string
  readonly content: T | null
}
type Folder = {
  readonly resources: FolderResource[]
  readonly manifests: OwnFile<Manifest>[]
  readonly aliases: OwnFile<Aliases>[]
  readonly diagnostics: Diagnostic[]
  files: number
}

/** Every diagnostic of a folder, offline and in one pass (C2, F18, F21, E3). */
export function lintRepository(files: Iterable<RepositoryFile>, options: LintOptions = {}): LintedRepository {
  const { workspace, limits = DEFAULT_LIMITS } = options
  const folder = readFolder(files, workspace, limits)
  const environments = environmentsOf(folder, workspace)
  const own =
    workspace === undefined ? environments : environments.filter((one) => one.workspace === workspace)
  const diagnostics = [
    ...folder.diagnostics,
    ...findDuplicates(folder.resources),
    ...noManifest(folder, workspace),
    ...checkAliasFiles(folder, workspace),
    ...checkFolderReferences(folder.resources, own.length === 0 ? [NO_ENVIRONMENT] : own, environments),
  ]
  return {
    files: folder.files,
    resources: new Set(folder.resources.map(({ ref }) => resourceKey(ref))).size,
    diagnostics: sortDiagnostics(diagnostics),
    read: folder.resources,
    environments: own,
  }
}

function readFolder(files: Iterable<RepositoryFile>, workspace: string | undefined, limits: Limits): Folder {
  const folder: Folder = { resources: [], manifests: [], aliases: [], diagnostics: [], files: 0 }
  for (const { path, text } of files) {
    const found = classifyPath(path)
    if (found.kind === 'guest') continue
    if (found.kind === 'resource') {
      if (folder.resources.length === limits.resources) {
        folder.diagnostics.push(tooManyResources(path, limits))
        break
      }
      addResource(folder, path, found.ref, text, limits)
      continue
    }
    // F4: another workspace's files are guests; they are read, but nothing is reported about them.
    const mine = workspace === undefined || found.workspace === workspace
    if (mine) folder.files++
    if (found.kind === 'manifest') {
      const { manifest, diagnostics } = readManifest(path, text, limits)
      folder.manifests.push({ path, text: text ?? '', workspace: found.workspace, content: manifest })
      if (mine) folder.diagnostics.push(...diagnostics)
    } else {
      const { aliases, diagnostics } = readAliases(path, text, limits)
      folder.aliases.push({ path, text: text ?? '', workspace: found.workspace, content: aliases })
      if (mine) folder.diagnostics.push(...diagnostics)
    }
  }
  return folder
}

function addResource(folder: Folder, path: string, ref: FileRef, text: string | null, limits: Limits): void {
  const read = readResource(path, ref, text, limits)
  if (read.kind === 'guest') return
  folder.files++
  folder.diagnostics.push(...read.diagnostics)
  folder.resources.push({ path, text: text ?? '', ref, value: read.value, broken: read.kind === 'broken' })
}

function tooManyResources(path: string, limits: Limits): Diagnostic {
  const message = `The folder holds more than ${limits.resources.toLocaleString('en')} resources; this file and those after it are not read.`
  return diagnoseFile(path, {
    code: 'limit-resources',
    severity: 'error',
    message,
    hint: 'Divide the schema among several workspaces.',
  })
}

/** One a workspace that has a manifest; without any, one an alias file. */
function environmentsOf(folder: Folder, workspace: string | undefined): Environment[] {
  const manifests = firstByWorkspace(folder.manifests)
  const aliases = firstByWorkspace(folder.aliases)
  const names = new Set(manifests.size > 0 ? manifests.keys() : aliases.keys())
  if (workspace !== undefined && aliases.has(workspace)) names.add(workspace)
  return [...names].map((name) => ({
    workspace: name,
    aliases: aliases.get(name)?.content ?? NO_ENVIRONMENT.aliases,
    manifest: manifests.get(name)?.content ?? null,
  }))
}

/** `.yaml` before `.yml`, as the paths are sorted. */
function firstByWorkspace<T>(files: readonly OwnFile<T>[]): Map<string, OwnFile<T>> {
  return new Map(files.toReversed().map((file) => [file.workspace, file]))
}

/** F21: offline without a manifest nothing says which sources and destinations exist; told once. */
function noManifest(folder: Folder, workspace: string | undefined): Diagnostic[] {
  const there = folder.manifests.some((file) => workspace === undefined || file.workspace === workspace)
  if (there || !folder.resources.some(namesConnection)) return []
  const file = workspace === undefined ? '.' : `manifest-${workspace}.yaml`
  const what = workspace === undefined ? 'no manifest (`manifest-<workspace>.yaml`)' : `no \`${file}\``
  const message = `There is ${what}: sources and destinations are not checked.`
  const hint = 'Connect a workspace to this repository; it writes its manifest.'
  return [diagnoseFile(file, { code: 'no-manifest', severity: 'notice', message, hint })]
}

function checkAliasFiles(folder: Folder, workspace: string | undefined): Diagnostic[] {
  const manifests = firstByWorkspace(folder.manifests)
  const used = usedNames(folder.resources)
  return [...firstByWorkspace(folder.aliases).values()].flatMap(
    ({ path, text, workspace: owner, content }) => {
      if (content === null || (workspace !== undefined && owner !== workspace)) return []
      return checkAliases({ path, text, aliases: content }, manifests.get(owner)?.content ?? null, used)
    },
  )
}

const NAMED_LINE = /^[ \t]*["']?(source|destination)["']?[ \t]*:[ \t]*["']?([^"'\s#][^"'\r\n#]*)/gm

/** Also those in the lines of files that cannot be read: an alias is not called unused because of another error. */
function usedNames(resources: readonly FolderResource[]): Record<AliasSection, Set<string>> {
  const used = { sources: new Set<string>(), destinations: new Set<string>() }
  for (const { ref, value, text } of resources) {
    if (value === null) {
      for (const [, key, name = ''] of text.matchAll(NAMED_LINE))
        used[key === 'source' ? 'sources' : 'destinations'].add(name.trim())
      continue
    }
    const field = aliasedField(ref.kind)
    const name = field === null ? undefined : own(value, field.key)
    if (field !== null && typeof name === 'string') used[field.section].add(name)
  }
  return used
}
