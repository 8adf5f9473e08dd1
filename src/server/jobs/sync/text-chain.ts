import { printOrdered, printResource } from '../../../core/format/print.ts'
import { writeResource } from '../../../core/format/write.ts'
import type { FileValue } from '../../../core/model/resource.ts'
import type { CommitDraft, FileWrite } from '../../../core/plan/commits/draft.ts'
import type { FileEntry, Snapshot } from '../../../core/plan/snapshot.ts'
import { blobId } from '../../../git/blob-id.ts'
import type { CommitFile } from '../../../git/commit.ts'
import type { CommitText } from '../../../git/fast-import-stream.ts'
import { breather } from './breathe.ts'
import { decode } from './read-files.ts'
import type { Work } from './work.ts'

/** The texts of the files that our commits change, each commit's on top of the one before (F12–F14). */
export class TextChain {
  readonly #texts: Map<string, CommitText>
  readonly #root: string

  private constructor(texts: Map<string, CommitText>, root: string) {
    this.#texts = texts
    this.#root = root
  }

  /** Finds those that are there already. */
  static async open(work: Work, snapshot: Snapshot, drafts: readonly CommitDraft[]): Promise<TextChain> {
    const wanted = new Set(
      drafts.flatMap(({ writes }) => writes.flatMap((w) => (w.fileValue && w.from ? [w.from] : []))),
    )
    const texts = new Map<string, CommitText>()
    const paths = new Map<string, string[]>()
    const breathe = breather()
    for (const { file } of snapshot.pairs) {
      if (!file || !wanted.has(file.path)) continue
      const text = canonicalText(file)
      if (text !== null) texts.set(file.path, text)
      else paths.set(file.blob, [...(paths.get(file.blob) ?? []), file.path])
      await breathe()
    }
    const limits = { maxBytes: work.limits.fileBytes }
    for await (const { oid, bytes } of work.repository.readBlobs(paths.keys(), limits, work.signal)) {
      const text = bytes && decode(bytes)
      if (text !== null) for (const path of paths.get(oid) ?? []) texts.set(path, text)
    }
    return new TextChain(texts, work.connection.path)
  }

  async filesOf({ writes, generated }: CommitDraft): Promise<CommitFile[]> {
    const files: CommitFile[] = generated.map(({ path, text }) => ({ path: this.#at(path), text }))
    const breathe = breather()
    for (const write of writes) {
      files.push(this.#fileOf(write))
      await breathe()
    }
    return files
  }

  #fileOf(write: FileWrite): CommitFile {
    const { ref, path, from, before, fileValue } = write
    if (fileValue === null) {
      this.#texts.delete(path)
      return { path: this.#at(path), delete: true }
    }
    const old = from === null ? undefined : this.#texts.get(from)
    const text =
      old !== undefined && before
        ? writeResource(ref.kind, { text: resolve(old), value: before }, fileValue)
        : newText(write, fileValue)
    if (from !== null) this.#texts.delete(from)
    this.#texts.set(path, text)
    if (from === null || from === path) return { path: this.#at(path), text }
    return { path: this.#at(path), from: this.#at(from), text }
  }

  #at(path: string): string {
    return this.#root === '' ? path : `${this.#root}/${path}`
  }
}

/** Printed when git takes it: the texts of thousands are never held together. */
function newText({ ref, before }: FileWrite, fileValue: FileValue): CommitText {
  // What no file held before was ordered when it was laid out.
  return before === null ? () => printOrdered(fileValue) : () => printResource(ref.kind, fileValue)
}

function resolve(text: CommitText): string {
  return typeof text === 'string' ? text : text()
}

/** What a file holds that we wrote: its id tells, and nothing has to be read. */
function canonicalText(file: FileEntry): CommitText | null {
  if (file.kind === 'broken') return null
  const { ref, fileValue, blob } = file
  return blobId(printResource(ref.kind, fileValue)) === blob ? () => printResource(ref.kind, fileValue) : null
}
