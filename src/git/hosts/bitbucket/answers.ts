import * as z from 'zod'
import type { PullRequest } from '../host.ts'

/** What is used of the answers of Bitbucket Cloud, as its API description names it. Commits come shortened. */
const Side = z.object({
  branch: z.object({ name: z.string() }),
  commit: z.object({ hash: z.string() }).nullish(),
  /** Null: the fork was deleted. */
  repository: z.object({ full_name: z.string() }).nullish(),
})

export const Pull = z.object({
  id: z.number(),
  title: z.string(),
  state: z.string(),
  author: z.object({ display_name: z.string().nullish() }).nullish(),
  links: z.object({ html: z.object({ href: z.string() }) }),
  source: Side,
  destination: Side,
  merge_commit: z.object({ hash: z.string() }).nullish(),
})
export type Pull = z.infer<typeof Pull>

export const Repository = z.object({ full_name: z.string() })
export const Commit = z.object({ hash: z.string() })
export const Comment = z.object({ id: z.number(), content: z.object({ raw: z.string() }) })
export const Hook = z.object({ uuid: z.string(), url: z.string() })
export const Restriction = z.object({ kind: z.string(), pattern: z.string() })
export const Done = z.unknown()

export function isFork({ source, destination }: Pull): boolean {
  return source.repository?.full_name !== destination.repository?.full_name
}

/** `oid` and `mergeCommit` at their whole length. */
export function pullRequestOf(pull: Pull, oid: string, mergeCommit: string | null): PullRequest {
  const { id, title, state, author, links, source, destination } = pull
  const fromFork = isFork(pull)
  return {
    number: id,
    url: links.html.href,
    title,
    author: author?.display_name ?? '',
    state: state === 'MERGED' ? 'merged' : state === 'OPEN' ? 'open' : 'closed',
    head: {
      branch: source.branch.name,
      oid,
      isFork: fromFork,
      ref: fromFork ? null : `refs/heads/${source.branch.name}`,
    },
    into: destination.branch.name,
    mergeCommit: state === 'MERGED' ? mergeCommit : null,
  }
}
