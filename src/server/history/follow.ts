import type { WalkedChange, WalkedCommit } from '../../git/walk.ts'
import type { History } from './open-history.ts'
import { type FileAt, fileAt } from './read-files.ts'
import { stepOf } from './steps.ts'

/** A way back: the history of one path from a commit on, of which so many commits are told already. */
export type Line = { readonly start: string; readonly path: string; readonly skip: number }

export type FollowedVersion = {
  readonly commit: WalkedCommit
  readonly before: FileAt | null
  readonly after: FileAt | null
}

type OpenLine = {
  readonly start: string
  readonly path: string
  taken: number
  readonly walk: AsyncGenerator<WalkedCommit>
  next: WalkedCommit | null
}

/** More than this at once is nobody's history; it bounds what a page may hold open. */
const LINES_MAX = 20

/**
 * The versions of one resource, the newest first, across renames (S18). A rename begins a new line under the old
 * path; where a merge brings it, the old path goes on beside. `lines` is the place to go on from.
 */
export class Follower {
  readonly #history: History
  readonly #lines: OpenLine[] = []

  private constructor(history: History) {
    this.#history = history
  }

  static async open(history: History, lines: readonly Line[]): Promise<Follower> {
    const follower = new Follower(history)
    for (const line of lines) await follower.#add(line)
    return follower
  }

  get lines(): readonly Line[] {
    return this.#lines.map(({ start, path, taken }) => ({ start, path, skip: taken }))
  }

  /** Null: that was the first. */
  async next(): Promise<FollowedVersion | null> {
    for (;;) {
      const newest = this.#newest()
      if (!newest) return null
      const { commit, line } = newest
      await this.#advance(commit.oid)
      const change = commit.changes.find(({ path }) => path === line.path)
      if (change) return this.#version(commit, change, line)
    }
  }

  async close(): Promise<void> {
    for (const line of this.#lines) await line.walk.return(undefined)
  }

  #newest(): { commit: WalkedCommit; line: OpenLine } | null {
    let best: { commit: WalkedCommit; line: OpenLine } | null = null
    for (const line of this.#lines) {
      if (line.next && (!best || line.next.committedAt > best.commit.committedAt)) {
        best = { commit: line.next, line }
      }
    }
    return best
  }

  async #version(commit: WalkedCommit, change: WalkedChange, line: OpenLine): Promise<FollowedVersion> {
    const { path, was, faithful } = change
    const origins: (FileAt | null)[] = []
    for (const [i, oid] of was.entries()) {
      const parent = commit.parents[i]
      const origin =
        oid === null && change.oid !== null && parent ? await this.#origin(commit, parent, path) : null
      origins.push(fileAt(path, oid, faithful) ?? origin)
      if (origin && parent) await this.#add({ start: parent, path: origin.path, skip: 0 })
    }
    // None of the parents has it under this path: an earlier file there was another resource.
    if (change.oid !== null && was.every((oid) => oid === null)) await this.#end(line.path)
    return { commit, before: origins.find((file) => file) ?? null, after: fileAt(path, change.oid, faithful) }
  }

  /** The file of the parent that this one was. */
  async #origin({ oid }: WalkedCommit, parent: string, path: string): Promise<FileAt | null> {
    const { repository, connection } = this.#history
    const kind = fileAt(path, oid, true)?.ref.kind
    const tree = await repository.diffTree(parent, oid, connection.path)
    const files = tree.flatMap(({ path: name, status, oid: blob, faithful }) => {
      const file = fileAt(name, blob, faithful)
      if (file?.ref.kind !== kind || !file || (status !== 'A' && status !== 'D')) return []
      return [status === 'A' ? { before: null, after: file } : { before: file, after: null }]
    })
    const from = (await stepOf(this.#history, files)).moves.get(path)
    return files.find(({ before }) => before && before.path === from)?.before ?? null
  }

  async #add({ start, path, skip }: Line): Promise<void> {
    const isThere = this.#lines.some((line) => line.start === start && line.path === path)
    if (isThere || this.#lines.length >= LINES_MAX) return
    const { repository, connection } = this.#history
    const walk = repository.walk({ from: start, root: connection.path, paths: [path], skip })
    this.#lines.push({ start, path, taken: skip, walk, next: await take(walk) })
  }

  async #advance(oid: string): Promise<void> {
    for (const line of this.#lines) {
      if (line.next?.oid !== oid) continue
      line.taken += 1
      line.next = await take(line.walk)
    }
  }

  async #end(path: string): Promise<void> {
    for (const line of this.#lines.filter((one) => one.path === path)) {
      await line.walk.return(undefined)
      this.#lines.splice(this.#lines.indexOf(line), 1)
    }
  }
}

async function take(walk: AsyncGenerator<WalkedCommit>): Promise<WalkedCommit | null> {
  const { value, done } = await walk.next()
  return done ? null : value
}
