import { queryOptions } from '@tanstack/react-query'
import type { JsonObject } from '../../core/model/json.ts'
import type { AliasesWire, Connection, ConnectionInput, GitTest, SyncRequest } from '../../core/wire/git.ts'
import type { List } from '../../core/wire/list.ts'
import type { Conflict, PlanWire, ResolveConflict } from '../../core/wire/plan.ts'
import type { Review } from '../../core/wire/review.ts'
import type { ApproveRun, Run, RunSummary } from '../../core/wire/run.ts'
import type { Webhook, WebhookSecret } from '../../core/wire/webhook.ts'
import { ApiError, call, path } from './client.ts'

/** Null: no repository is connected. */
export const connectionQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'git', 'connection'],
    queryFn: async ({ signal }): Promise<Connection | null> => {
      try {
        return await call<Connection>(path`/workspaces/${ws}/git`, { signal })
      } catch (error) {
        if (error instanceof ApiError && (error.status === 404 || error.problem.code === 'not-connected'))
          return null
        throw error
      }
    },
  })

/**
 * The plan of the next sync. It reaches the remote, so while it is looked at it is never read again by
 * itself; whoever comes back to it sees a new one.
 */
export const planQuery = (ws: string, full: boolean, revision: string) =>
  queryOptions({
    queryKey: ['plan', ws, full, revision],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    queryFn: ({ signal }) =>
      call<PlanWire>(`${path`/workspaces/${ws}/git/plan`}${full ? '?full=true' : ''}`, { signal }),
  })

export const webhookQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'git', 'webhook'],
    queryFn: ({ signal }) => call<Webhook>(path`/workspaces/${ws}/git/webhook`, { signal }),
  })

/** The answer alone has the secret. */
export const renewWebhookSecret = (ws: string) =>
  call<WebhookSecret>(path`/workspaces/${ws}/git/webhook`, { method: 'POST' })

export const runsQuery = (ws: string, cursor: string | null) =>
  queryOptions({
    queryKey: ['ws', ws, 'git', 'runs', cursor],
    queryFn: ({ signal }) =>
      call<List<RunSummary>>(
        `${path`/workspaces/${ws}/git/runs`}?limit=50${cursor === null ? '' : path`&cursor=${cursor}`}`,
        { signal },
      ),
  })

export const runQuery = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'git', 'run', id],
    queryFn: ({ signal }) => call<Run>(path`/workspaces/${ws}/git/runs/${id}`, { signal }),
  })

export const conflictsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'git', 'conflicts'],
    queryFn: ({ signal }) => call<List<Conflict>>(path`/workspaces/${ws}/git/conflicts`, { signal }),
  })

export const reviewsQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'git', 'reviews'],
    queryFn: ({ signal }) => call<List<Review>>(path`/workspaces/${ws}/git/reviews`, { signal }),
  })

/** What the names in the shared files mean here; without a connection files spell the slugs themselves. */
export const aliasesQuery = (ws: string) =>
  queryOptions({
    queryKey: ['ws', ws, 'git', 'aliases'],
    queryFn: async ({ client, signal }): Promise<AliasesWire> => {
      // Asking for them in vain would be an error in the console of every page that shows a file.
      if ((await client.ensureQueryData(connectionQuery(ws))) === null)
        return { sources: {}, destinations: {} }
      try {
        return await call<AliasesWire>(path`/workspaces/${ws}/git/aliases`, { signal })
      } catch (error) {
        if (error instanceof ApiError && (error.status === 404 || error.status === 409))
          return { sources: {}, destinations: {} }
        throw error
      }
    },
  })

export const resolveConflict = (ws: string, id: string, body: ResolveConflict) =>
  call<JsonObject>(path`/workspaces/${ws}/git/conflicts/${id}/resolve`, { method: 'POST', body })

/** Answers when the run that closes it has ended. */
export const closeReview = (ws: string, id: string) =>
  call<Run>(path`/workspaces/${ws}/git/reviews/${id}/close`, { method: 'POST', body: { waitSeconds: 30 } })

export const approveRun = (ws: string, id: string, body: ApproveRun) =>
  call<Run>(path`/workspaces/${ws}/git/runs/${id}/approve`, { method: 'POST', body })

export const putBack = (ws: string) =>
  call<Run>(path`/workspaces/${ws}/git/put-back`, { method: 'POST', body: {} })

export const mendReferences = (ws: string) =>
  call<Run>(path`/workspaces/${ws}/git/mend-references`, { method: 'POST', body: {} })

export const setAside = (ws: string, file: string) =>
  call<Run>(path`/workspaces/${ws}/git/set-aside`, { method: 'POST', body: { path: file } })

export const testConnection = (ws: string, body: ConnectionInput) =>
  call<GitTest>(path`/workspaces/${ws}/git/test`, { method: 'POST', body })

export const putConnection = (ws: string, body: ConnectionInput) =>
  call<Connection>(path`/workspaces/${ws}/git`, { method: 'PUT', body })

export const disconnect = (ws: string) => call<void>(path`/workspaces/${ws}/git`, { method: 'DELETE' })

export const sync = (ws: string, body: SyncRequest) =>
  call<Run>(path`/workspaces/${ws}/git/sync`, { method: 'POST', body })
