import * as z from 'zod'
import type { PullRequest } from '../host.ts'

/** What is used of the answers of Gitea and Forgejo, as their API description names it. */
const Side = z.object({ ref: z.string(), sha: z.string(), repo_id: z.number() })

export const Pull = z.object({
  number: z.number(),
  html_url: z.string(),
  title: z.string(),
  state: z.string(),
  user: z.object({ login: z.string() }).nullish(),
  merged: z.boolean(),
  merge_commit_sha: z.string().nullish(),
  head: Side,
  base: Side,
})

export const Repository = z.object({
  permissions: z.object({ admin: z.boolean(), push: z.boolean() }).nullish(),
})
export const Branch = z.object({ protected: z.boolean(), user_can_push: z.boolean() })
export const Comments = z.array(z.object({ id: z.number(), body: z.string() }))
export const Hooks = z.array(z.object({ id: z.number(), config: z.record(z.string(), z.string()).nullish() }))
export const Done = z.unknown()

export function pullRequestOf(pull: z.infer<typeof Pull>): PullRequest {
  const { number, html_url: url, title, user, head, base, merged, merge_commit_sha } = pull
  return {
    number,
    url,
    title,
    author: user?.login ?? '',
    state: merged ? 'merged' : pull.state === 'open' ? 'open' : 'closed',
    // 0: the fork was deleted.
    head: {
      branch: head.ref,
      oid: head.sha,
      isFork: head.repo_id !== base.repo_id,
      ref: `refs/pull/${number}/head`,
    },
    into: base.ref,
    mergeCommit: merged ? (merge_commit_sha ?? null) : null,
  }
}
