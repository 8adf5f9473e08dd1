import { byteLength } from './hostile-text.ts'
import { type Identity, identityLine } from './identity.ts'

/** Content by the number of its mark in this stream, or by the id of an object that is there already. */
export type ContentRef = { readonly mark: number } | { readonly oid: string }

/** A function is asked when its turn comes, and again when the stream is made a second time. */
export type CommitText = string | (() => string)

export type ImportCommit = {
  readonly mark: number
  readonly message: string
  readonly author: Identity
  readonly committer: Identity
  readonly merges?: string
  /** New contents, before the commit that uses them. */
  readonly blobs: readonly { readonly mark: number; readonly text: CommitText }[]
  readonly deletions: readonly string[]
  readonly files: readonly { readonly path: string; readonly mode: string; readonly content: ContentRef }[]
}

/**
 * The input of `git fast-import --done`: commits stacked on `parent`, on one reference. After each commit it asks
 * for the ids of the commit and of its blobs, which git prints in that order.
 */
export function* fastImportStream(
  ref: string,
  parent: string | null,
  commits: readonly ImportCommit[],
): Generator<string> {
  let from: string | null = parent
  for (const commit of commits) {
    for (const { mark, text } of commit.blobs)
      yield `blob\nmark :${mark}\n${data(typeof text === 'string' ? text : text())}`
    yield `commit ${ref}\nmark :${commit.mark}\n`
    yield `author ${identityLine(commit.author)}\ncommitter ${identityLine(commit.committer)}\n`
    yield data(commit.message)
    if (from !== null) yield `from ${from}\n`
    if (commit.merges !== undefined) yield `merge ${commit.merges}\n`
    for (const path of commit.deletions) yield `D ${quoted(path)}\n`
    for (const { path, mode, content } of commit.files) {
      yield `M ${mode} ${'mark' in content ? `:${content.mark}` : content.oid} ${quoted(path)}\n`
    }
    yield `\nget-mark :${commit.mark}\n`
    for (const { mark } of commit.blobs) yield `get-mark :${mark}\n`
    from = `:${commit.mark}`
  }
  yield 'done\n'
}

/** Counted bytes: nothing in the text can end it or begin another command. */
function data(text: string): string {
  return `data ${byteLength(text)}\n${text}\n`
}

/** Always quoted, so that no path can look like anything else. */
export function quoted(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
