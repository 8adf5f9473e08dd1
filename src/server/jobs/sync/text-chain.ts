import { writeResource } from '../../../core/format/write.ts'
import type { CommitDraft, FileWrite } from '../../../core/plan/commits/draft.ts'
import type { Snapshot } from '../../../core/plan/snapshot.ts'
import type { CommitFile } from '../../../git/commit.ts'
import { decode } from './read-files.ts'
import type { Work } from './work.ts'

/** The texts of the files that our commits change, each commit's on top of the one before (F12–F14). */
export class TextChain {
  readonly #texts: Map<string, string>
  readonly #root: string

  private constructor(texts: Map<string, string>, root: string) {
    this.#texts = texts
    this.#root = root
  }

  /** Reads those that are there already. */
  static async open(work: Work, snapshot: Snapshot, drafts: readonly CommitDraft[]): Promise<TextChain> {
    const wanted = new Set(
      drafts.flatMap(({ writes }) => writes.flatMap((w) => (w.fileValue && w.from ? [w.from] : []))),
    )
    const paths = new Map<string, string[]>()
    for (const { file } of snapshot.pairs) {
      if (!file || !wanted.has(file.path)) continue
      paths.set(file.blob, [...(paths.get(file.blob) ?? []), file.path])
    }
    const texts = new Map<string, string>()
    const limits = { maxBytes: work.limits.fileBytes }
    for await (const { oid, bytes } of work.repository.readBlobs(paths.keys(), limits, work.signal)) {
      const text = bytes && decode(bytes)
      if (text !== null) for (const path of paths.get(oid) ?? []) texts.set(path, text)
    }
    return new TextChain(texts, work.connection.path)
  }

  filesOf({ writes, generated }: CommitDraft): CommitFile[] {
    return [
      ...generated.map(({ path, text }) => ({ path: this.#at(path), text })),
      ...writes.map((write) => this.#fileOf(write)),
    ]
  }

  #fileOf(write: FileWrite): CommitFile {
    const { ref, path, from, before, fileValue } = write
    if (fileValue === null) {
      this.#texts.delete(path)
      return { path: this.#at(path), delete: true }
    }
    const old = from === null ? undefined : this.#texts.get(from)
    const existing = old !== undefined && before ? { text: old, value: before } : null
    const text = writeResource(ref.kind, existing, fileValue)
    if (from !== null) this.#texts.delete(from)
    this.#texts.set(path, text)
    if (from === null || from === path) return { path: this.#at(path), text }
    return { path: this.#at(path), from: this.#at(from), text }
  }

  #at(path: string): string {
    return this.#root === '' ? path : `${this.#root}/${path}`
  }
}
