import { classifyPath } from '../../../core/format/classify.ts'
import { diagnoseFile } from '../../../core/format/diagnose.ts'
import { readResource } from '../../../core/format/read-file.ts'
import type { FileRef } from '../../../core/model/resource.ts'
import { locatedProblem } from '../../../core/plan/problem.ts'
import type { FileEntry } from '../../../core/plan/snapshot.ts'
import type { Work } from './work.ts'

export type Located = { readonly path: string; readonly blob: string | null }

/**
 * The files, parsed; null where nothing of ours lies (gone, or a guest by its content). Their aliases are not
 * resolved yet: `value` is the file's own until the snapshot knows the aliases.
 */
export async function readFiles(
  work: Work,
  located: readonly Located[],
): Promise<Map<string, FileEntry | null>> {
  const files = new Map<string, FileEntry | null>()
  const paths = new Map<string, string[]>()
  for (const { path, blob } of located) {
    files.set(path, null)
    if (blob === null) continue
    const sharing = paths.get(blob)
    if (sharing) sharing.push(path)
    else paths.set(blob, [path])
  }
  let done = 0
  const limits = { maxBytes: work.limits.fileBytes }
  for await (const { oid, size, bytes } of work.repository.readBlobs(paths.keys(), limits, work.signal)) {
    for (const path of paths.get(oid) ?? []) {
      files.set(path, bytes === null ? tooLarge(work, path, oid, size) : parse(work, path, oid, bytes))
      done += 1
    }
    if (done % 500 === 0) await work.count(done, located.length)
  }
  await work.count(located.length, located.length)
  return files
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Null when the bytes are not UTF-8. */
export function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

function parse(work: Work, path: string, blob: string, bytes: Uint8Array): FileEntry | null {
  const ref = refOf(path)
  const read = ref && readResource(path, ref, decode(bytes), work.limits)
  if (!read || read.kind === 'guest') return null
  const problems = read.diagnostics.map((diagnostic) => locatedProblem(blob, diagnostic))
  if (read.kind === 'broken') return { kind: 'broken', ref: read.ref, path, blob, problems }
  return { kind: 'read', ref: read.ref, path, blob, fileValue: read.value, value: read.value, problems }
}

function tooLarge({ limits }: Work, path: string, blob: string, size: number): FileEntry | null {
  const ref = refOf(path)
  if (!ref) return null
  const message = `The file has ${size} bytes; the limit is ${limits.fileBytes}.`
  const hint = 'Make the file smaller, or raise the limit.'
  const diagnostic = diagnoseFile(path, { code: 'limit-file-size', severity: 'error', message, hint })
  return { kind: 'broken', ref, path, blob, problems: [locatedProblem(blob, diagnostic)] }
}

function refOf(path: string): FileRef | null {
  const found = classifyPath(path)
  return found.kind === 'resource' ? found.ref : null
}
