import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorNotice } from './ErrorNotice.tsx'

type Props<T> = {
  readonly query: UseQueryResult<T>
  /** Has the shape of what comes. */
  readonly skeleton: ReactNode
  readonly children: (data: T) => ReactNode
}

/** The three states of what a page reads: on its way, failed, there. */
export function Loaded<T>({ query, skeleton, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
  return skeleton
}
