import * as z from 'zod'
import type { PullRequest } from '../host.ts'

/** What is used of GitHub's answers, as its REST description names it. */
const Side = z.object({
  ref: z.string(),
  sha: z.string(),
  /** Null: the fork was deleted. */
  repo: z.object({ id: z.number() }).nullable(),
})

export const Pull = z.object({
  number: z.number(),
  html_url: z.string(),
  title: z.string(),
  state: z.string(),
  user: z.object({ login: z.string() }).nullable(),
  merged_at: z.string().nullable(),
  merge_commit_sha: z.string().nullable(),
  head: Side,
  base: Side,
})

export const Repository = z.object({
  permissions: z.object({ admin: z.boolean(), push: z.boolean() }).optional(),
})
export const Installation = z.object({ permissions: z.record(z.string(), z.string()) })
export const Branch = z.object({ protected: z.boolean() })
export const Rules = z.array(z.object({ type: z.string() }))
export const CheckRuns = z.object({ check_runs: z.array(z.object({ id: z.number() })) })
export const Comments = z.array(z.object({ id: z.number(), body: z.string().nullish() }))
export const Hooks = z.array(z.object({ id: z.number(), config: z.object({ url: z.string().optional() }) }))
export const Done = z.unknown()

export function pullRequestOf(pull: z.infer<typeof Pull>): PullRequest {
  const { number, html_url: url, title, user, head, base, merged_at, merge_commit_sha } = pull
  const isMerged = merged_at !== null
  return {
    number,
    url,
    title,
    author: user?.login ?? '',
    state: isMerged ? 'merged' : pull.state === 'open' ? 'open' : 'closed',
    head: {
      branch: head.ref,
      oid: head.sha,
      isFork: head.repo === null || head.repo.id !== base.repo?.id,
      ref: `refs/pull/${number}/head`,
    },
    into: base.ref,
    // While it is open this is a trial merge.
    mergeCommit: isMerged ? merge_commit_sha : null,
  }
}
