import { setImmediate as breathe } from 'node:timers/promises'
import { resolveAliases } from '../../core/environments/aliases.ts'
import { classifyPath, isFileMode } from '../../core/format/classify.ts'
import { diagnoseFile } from '../../core/format/diagnose.ts'
import { normalize } from '../../core/format/normalize.ts'
import { readResource } from '../../core/format/read-file.ts'
import type { Diagnostic } from '../../core/model/diagnostic.ts'
import type { FileRef, FileValue, Value } from '../../core/model/resource.ts'
import { decode } from '../jobs/sync/read-files.ts'
import type { History } from './open-history.ts'

/** A file of some commit that a resource may be. */
export type FileAt = { readonly path: string; readonly ref: FileRef; readonly oid: string }

export type OldFile =
  /** `value`: after today's aliases. */
  | { readonly kind: 'read'; readonly fileValue: FileValue; readonly value: Value; readonly text: string }
  | { readonly kind: 'broken'; readonly diagnostics: readonly Diagnostic[]; readonly text: string | null }
  /** Somebody else's by its content. */
  | { readonly kind: 'guest' }

export type OldFiles = (file: FileAt | null) => OldFile | null

/** So many are read before others get their turn. */
const AT_ONCE = 200

/** The files, each content read once. */
export async function readOldFiles(history: History, files: readonly (FileAt | null)[]): Promise<OldFiles> {
  const wanted = new Map<string, FileAt[]>()
  for (const file of files) {
    if (file === null) continue
    const sharing = wanted.get(file.oid)
    if (sharing) sharing.push(file)
    else wanted.set(file.oid, [file])
  }
  const found = new Map<string, OldFile>()
  let count = 0
  const limits = { maxBytes: history.limits.fileBytes }
  for await (const { oid, bytes, size } of history.repository.readBlobs(wanted.keys(), limits)) {
    for (const file of wanted.get(oid) ?? []) {
      const key = keyOf(file)
      if (found.has(key)) continue
      found.set(key, bytes === null ? tooLarge(history, file, size) : read(history, file, decode(bytes)))
      count += 1
      if (count % AT_ONCE === 0) await breathe()
    }
  }
  return (file) => (file === null ? null : (found.get(keyOf(file)) ?? null))
}

/** The same content is another thing under another path. */
function keyOf({ oid, path }: FileAt): string {
  return `${oid} ${path}`
}

function read({ aliases, limits }: History, { path, ref }: FileAt, text: string | null): OldFile {
  const file = readResource(path, ref, text, limits)
  switch (file.kind) {
    case 'guest':
      return { kind: 'guest' }
    case 'broken':
      return { kind: 'broken', diagnostics: file.diagnostics, text }
    case 'resource': {
      const value = normalize(ref.kind, resolveAliases(ref.kind, file.value, aliases))
      return { kind: 'read', fileValue: file.value, value, text: text ?? '' }
    }
  }
}

function tooLarge({ limits }: History, { path }: FileAt, size: number): OldFile {
  const message = `The file has ${size} bytes; the limit is ${limits.fileBytes}.`
  const about = { code: 'limit-file-size', severity: 'error', message, hint: null } as const
  return { kind: 'broken', diagnostics: [diagnoseFile(path, about)], text: null }
}

/** Null: nothing that a resource could be. */
export function fileAt(path: string, oid: string | null, faithful: boolean): FileAt | null {
  const place = classifyPath(path)
  return place.kind === 'resource' && oid !== null && faithful ? { path, ref: place.ref, oid } : null
}

/** Every resource file of a commit, by path. */
export async function filesOf(history: History, commit: string): Promise<Map<string, FileAt>> {
  const entries = await history.repository.listTree(commit, history.connection.path)
  return new Map(
    entries.flatMap(({ path, oid, mode, faithful }) => {
      const file = isFileMode(mode) ? fileAt(path, oid, faithful) : null
      return file ? [[path, file] as const] : []
    }),
  )
}
