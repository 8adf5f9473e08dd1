import * as z from 'zod'
import type { PullRequest } from '../host.ts'

/** What is used of GitLab's answers, as its REST documentation names it. */
const Access = z.object({ access_level: z.number() }).nullish()

export const Pull = z.object({
  iid: z.number(),
  web_url: z.string(),
  title: z.string(),
  state: z.string(),
  author: z.object({ username: z.string() }).nullish(),
  sha: z.string().nullish(),
  source_branch: z.string(),
  /** Null: the fork was deleted. */
  source_project_id: z.number().nullish(),
  target_branch: z.string(),
  target_project_id: z.number(),
  merge_commit_sha: z.string().nullish(),
  squash_commit_sha: z.string().nullish(),
})

export const Project = z.object({
  permissions: z.object({ project_access: Access, group_access: Access }).nullish(),
})
export const Token = z.object({ scopes: z.array(z.string()).nullish() })
export const Branch = z.object({ protected: z.boolean(), can_push: z.boolean() })
export const Notes = z.array(z.object({ id: z.number(), body: z.string() }))
export const Hooks = z.array(z.object({ id: z.number(), url: z.string() }))
export const Done = z.unknown()

export function pullRequestOf(pull: z.infer<typeof Pull>): PullRequest {
  const { iid, web_url: url, title, author, state, sha, source_branch, target_branch } = pull
  return {
    number: iid,
    url,
    title,
    author: author?.username ?? '',
    // `locked`: it is being merged.
    state: state === 'merged' ? 'merged' : state === 'closed' ? 'closed' : 'open',
    head: {
      branch: source_branch,
      oid: sha ?? '',
      isFork: pull.source_project_id !== pull.target_project_id,
      ref: `refs/merge-requests/${iid}/head`,
    },
    into: target_branch,
    mergeCommit: state === 'merged' ? mergeCommitOf(pull) : null,
  }
}

/** Without a merge commit the branch went forward to what was squashed, or to the head of the merge request itself. */
function mergeCommitOf({ merge_commit_sha, squash_commit_sha, sha }: z.infer<typeof Pull>): string | null {
  return merge_commit_sha ?? squash_commit_sha ?? sha ?? null
}
