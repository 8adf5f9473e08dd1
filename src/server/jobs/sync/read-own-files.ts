import { type Aliases, NO_ALIASES } from '../../../core/environments/aliases.ts'
import { readAliases, readManifest } from '../../../core/format/read-file.ts'
import { locatedProblem } from '../../../core/plan/problem.ts'
import type { SyncState } from '../../../store/sync-state.ts'
import type { StoredAliases } from '../../../store/tables/git.ts'
import { decode } from './read-files.ts'
import type { OwnFiles, Work } from './work.ts'

/** The slug that names this workspace's manifest and alias file: its own, or an adopted one (E5). */
export function fileSlug({ connection, workspace }: Pick<Work, 'connection' | 'workspace'>): string {
  return connection.adopt ?? workspace.slug
}

/** Manifest and alias file at the head. One that did not change since the last applied commit is not read again. */
export async function readOwnFiles(
  work: Work,
  state: SyncState,
  found: ReadonlyMap<string, string | null>,
  /** Of everything at the head: what it does not name is not there. */
  isWhole: boolean,
): Promise<OwnFiles> {
  const aliasPath = `aliases-${fileSlug(work)}.yaml`
  const manifestPath = `manifest-${fileSlug(work)}.yaml`
  const aliasBlob = blobAt(found, aliasPath, isWhole ? null : state.alias_blob)
  const manifestBlob = blobAt(found, manifestPath, isWhole ? null : state.manifest_blob)
  const kept = { aliasPath, aliasBlob, manifestPath, manifestBlob }
  const aliasFile = await readAliasFile(work, state, aliasPath, aliasBlob)
  const isFirst = state.head === null
  const manifest = isFirst && manifestBlob !== null ? await textOf(work, manifestBlob) : null
  return {
    ...kept,
    ...aliasFile,
    manifest: manifest && readManifest(manifestPath, manifest.text, work.limits).manifest,
  }
}

async function readAliasFile(
  work: Work,
  state: SyncState,
  path: string,
  blob: string | null,
): Promise<Pick<OwnFiles, 'aliases' | 'aliasProblems'>> {
  if (blob === null) return { aliases: NO_ALIASES, aliasProblems: [] }
  if (blob === state.alias_blob) return { aliases: toAliases(state.aliases), aliasProblems: [] }
  const { text } = await textOf(work, blob)
  const { aliases, diagnostics } = readAliases(path, text, work.limits)
  const problems = diagnostics.map((diagnostic) => locatedProblem(blob, diagnostic))
  return { aliases: aliases ?? NO_ALIASES, aliasProblems: problems }
}

function blobAt(
  found: ReadonlyMap<string, string | null>,
  path: string,
  before: string | null,
): string | null {
  const now = found.get(path)
  return now === undefined ? before : now
}

/** The text of one blob, null where it is not UTF-8 or too large to be a file of ours. */
export async function textOf(work: Work, blob: string): Promise<{ text: string | null }> {
  for await (const { bytes } of work.repository.readBlobs([blob], { maxBytes: work.limits.fileBytes })) {
    return { text: bytes === null ? null : decode(bytes) }
  }
  return { text: null }
}

export function toAliases({ sources, destinations }: StoredAliases): Aliases {
  return { sources: new Map(Object.entries(sources)), destinations: new Map(Object.entries(destinations)) }
}

export function toStored({ sources, destinations }: Aliases): StoredAliases {
  return { sources: Object.fromEntries(sources), destinations: Object.fromEntries(destinations) }
}
