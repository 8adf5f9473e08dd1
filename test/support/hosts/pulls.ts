import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { headOf, plainGit } from '../git-bare.ts'
import { clonePerson } from '../git-person.ts'

export type Repo = { readonly id: number; readonly name: string; readonly dir: string }

export type Pull = {
  readonly number: number
  title: string
  body: string
  readonly author: string
  state: 'open' | 'merged' | 'closed'
  readonly from: { readonly repo: Repo; readonly branch: string }
  readonly into: string
  head: string
  mergeCommit: string | null
  mergedBy: MergeMethod | null
}

export const MERGE_METHODS = ['merge', 'squash', 'rebase'] as const
export type MergeMethod = (typeof MERGE_METHODS)[number]

/** The pull requests of one repository, with their commits where git finds them. */
export class Pulls {
  readonly all: Pull[] = []
  readonly #repo: Repo
  readonly #refOf: (number: number) => string

  constructor(repo: Repo, refOf: (number: number) => string) {
    this.#repo = repo
    this.#refOf = refOf
  }

  /** Null: there is no such branch, or it brings no commit. */
  async open(pull: Pick<Pull, 'title' | 'body' | 'author' | 'from' | 'into'>): Promise<Pull | null> {
    const head = await headOf(pull.from.repo.dir, pull.from.branch)
    if (head === null || head === (await headOf(this.#repo.dir, pull.into))) return null
    const opened: Pull = {
      ...pull,
      number: this.all.length + 1,
      state: 'open',
      head,
      mergeCommit: null,
      mergedBy: null,
    }
    this.all.push(opened)
    await this.#fetch(opened)
    return opened
  }

  find(number: number): Pull | undefined {
    return this.all.find((pull) => pull.number === number)
  }

  /** What was pushed since belongs to the open ones; answers those that moved. */
  async refresh(): Promise<Pull[]> {
    const moved: Pull[] = []
    for (const pull of this.all.filter(({ state }) => state === 'open')) {
      const { repo, branch } = pull.from
      const head = (await headOf(repo.dir, branch)) ?? pull.head
      if (head === pull.head) continue
      await this.#fetch(pull)
      moved.push(pull)
      pull.head = head
    }
    return moved
  }

  async #fetch({ number, from: { repo, branch } }: Pull): Promise<void> {
    const refs = `+refs/heads/${branch}:${this.#refOf(number)}`
    await plainGit(this.#repo.dir, ['fetch', '--quiet', repo.dir, refs])
  }

  /** As the button at the host does it; protection does not stand in its way. */
  async merge(pull: Pull, method: MergeMethod): Promise<void> {
    const { dir } = this.#repo
    const place = join(dir, `merging-${pull.number}`)
    const clone = await clonePerson({
      url: dir,
      dir: place,
      name: 'Host',
      email: 'host@example.com',
      branch: pull.into,
    })
    await clone.git('fetch', '--quiet', 'origin', this.#refOf(pull.number))
    if (method === 'merge') {
      await clone.git('merge', '--quiet', '--no-ff', '-m', `Merge pull request #${pull.number}`, 'FETCH_HEAD')
    } else if (method === 'squash') {
      await clone.git('merge', '--quiet', '--squash', 'FETCH_HEAD')
      await clone.git('commit', '--quiet', '--message', `${pull.title} (#${pull.number})`)
    } else {
      await clone.git('checkout', '--quiet', '--detach', 'FETCH_HEAD')
      await clone.git('rebase', '--quiet', '--no-ff', `origin/${pull.into}`)
    }
    pull.mergeCommit = await clone.git('rev-parse', 'HEAD')
    await plainGit(dir, ['fetch', '--quiet', place, `+HEAD:refs/heads/${pull.into}`])
    await rm(place, { recursive: true })
    pull.state = 'merged'
    pull.mergedBy = method
  }
}
