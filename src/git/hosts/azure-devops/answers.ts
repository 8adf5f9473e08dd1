import * as z from 'zod'
import type { PullRequest } from '../host.ts'

/** What is used of the answers of Azure DevOps, as its REST documentation names it. */
const Commit = z.object({ commitId: z.string() }).nullish()

export const Pull = z.object({
  pullRequestId: z.number(),
  title: z.string(),
  status: z.string(),
  createdBy: z.object({ displayName: z.string() }).nullish(),
  sourceRefName: z.string(),
  targetRefName: z.string(),
  lastMergeSourceCommit: Commit,
  lastMergeCommit: Commit,
  /** Only there when the commits are a fork's. */
  forkSource: z.unknown().optional(),
})

export const Repository = z.object({
  id: z.string(),
  webUrl: z.string(),
  project: z.object({ id: z.string() }),
})
export type Repository = z.infer<typeof Repository>

const Scope = z.object({
  repositoryId: z.string().nullish(),
  refName: z.string().nullish(),
  matchKind: z.string().nullish(),
})
export const Policy = z.object({
  isEnabled: z.boolean(),
  isBlocking: z.boolean(),
  settings: z.object({ scope: z.array(Scope).nullish() }).nullish(),
})
export const Thread = z.object({
  id: z.number(),
  comments: z.array(z.object({ id: z.number(), content: z.string().nullish() })).nullish(),
})
export const Subscription = z.object({
  id: z.string(),
  eventType: z.string(),
  consumerInputs: z.record(z.string(), z.string()).nullish(),
})
export const Done = z.unknown()

/** Every list comes wrapped. */
export function listOf<T>(element: z.ZodType<T>) {
  return z.object({ value: z.array(element) })
}

const BRANCH = 'refs/heads/'

export function refOf(branch: string): string {
  return BRANCH + branch
}

function branchOf(ref: string): string {
  return ref.startsWith(BRANCH) ? ref.slice(BRANCH.length) : ref
}

export function pullRequestOf(pull: z.infer<typeof Pull>, { webUrl }: Repository): PullRequest {
  const { pullRequestId, title, status, createdBy, sourceRefName, targetRefName, forkSource } = pull
  const isFork = forkSource !== undefined && forkSource !== null
  return {
    number: pullRequestId,
    url: `${webUrl}/pullrequest/${pullRequestId}`,
    title,
    author: createdBy?.displayName ?? '',
    state: status === 'completed' ? 'merged' : status === 'active' ? 'open' : 'closed',
    head: {
      branch: branchOf(sourceRefName),
      oid: pull.lastMergeSourceCommit?.commitId ?? '',
      isFork,
      ref: isFork ? null : sourceRefName,
    },
    into: branchOf(targetRefName),
    // While it is open this is a trial merge.
    mergeCommit: status === 'completed' ? (pull.lastMergeCommit?.commitId ?? null) : null,
  }
}
