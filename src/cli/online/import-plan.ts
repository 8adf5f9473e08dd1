import { resolveAliases } from '../../core/environments/aliases.ts'
import { findPending, type SpelledFile } from '../../core/environments/pending.ts'
import { normalize } from '../../core/format/normalize.ts'
import type { Manifest } from '../../core/format/read-file.ts'
import type { LintedRepository } from '../../core/lint/repository.ts'
import type { JsonObject } from '../../core/model/json.ts'
import type { Kind } from '../../core/model/kind.ts'
import { resourceKey } from '../../core/model/resource.ts'

export type ImportWrite = { readonly kind: Kind; readonly slug: string; readonly value: JsonObject }

export type ImportPlan = {
  /** Sources and destinations that the manifest names and the workspace lacks: made unconnected. */
  readonly connections: readonly ImportWrite[]
  readonly resources: readonly ImportWrite[]
  /** Files that wait for a name (E4). */
  readonly pending: readonly string[]
}

const NONE: Manifest = { sources: new Map(), destinations: new Map() }
const SECTIONS = ['sources', 'destinations'] as const

/** What an import of a folder writes; `present` is what the workspace has. */
export function planImport({ read, environments }: LintedRepository, present: Manifest): ImportPlan {
  const [environment] = environments
  const manifest = environment?.manifest ?? NONE
  const aliases = environment?.aliases ?? { sources: new Map(), destinations: new Map() }
  const files = read.flatMap(({ ref, value, path }) => (value === null ? [] : [{ ref, value, path }]))
  const spelled: SpelledFile[] = files
  const pending = findPending(
    spelled,
    aliases,
    (section, slug) => present[section].has(slug) || manifest[section].has(slug),
  )
  const isPending = (file: (typeof files)[number]) => pending.has(resourceKey(file.ref))
  const flowing = files.filter((file) => !isPending(file))
  return {
    connections: SECTIONS.flatMap((kind) =>
      [...manifest[kind]]
        .filter(([slug]) => !present[kind].has(slug))
        .map(([slug, { name, type }]) => ({
          kind,
          slug,
          value: { ...(name === undefined ? {} : { name }), type },
        })),
    ),
    resources: flowing.map(({ ref: { kind, slug }, value }) => ({
      kind,
      slug,
      value: normalize(kind, resolveAliases(kind, value, aliases)),
    })),
    pending: files.filter(isPending).map(({ path }) => path),
  }
}

const REFERRING: readonly Kind[] = ['model-relationships', 'syncs', 'contract-events']

/**
 * The writes in change sets that each fit a body: what others refer to comes first, so that no part needs
 * a later one.
 */
export function divide(writes: readonly ImportWrite[], bytesMax: number): ImportWrite[][] {
  const ordered = [
    ...writes.filter(({ kind }) => !REFERRING.includes(kind)),
    ...writes.filter(({ kind }) => REFERRING.includes(kind)),
  ]
  const parts: ImportWrite[][] = []
  let bytes = 0
  for (const write of ordered) {
    const size = Buffer.byteLength(JSON.stringify(write)) + 1
    const last = parts.at(-1)
    if (last === undefined || bytes + size > bytesMax) {
      parts.push([write])
      bytes = size
    } else {
      last.push(write)
      bytes += size
    }
  }
  return parts
}
