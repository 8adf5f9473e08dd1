import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './api/client.ts'

/** A session that ended shows at the next call, whichever it is: the frame then asks to sign in. */
const forgetSession = (error: unknown) => {
  if (error instanceof ApiError && error.problem.code === 'not-signed-in')
    queryClient.setQueryData(['me'], null)
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: forgetSession }),
  mutationCache: new MutationCache({ onError: forgetSession }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // Repeating helps against a server that restarts, not against one that refused.
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502),
    },
  },
})
