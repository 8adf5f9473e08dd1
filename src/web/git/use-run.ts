import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Run } from '../../core/wire/run.ts'
import { runQuery } from '../api/git.ts'

/** A run, followed live until its end: each event is the whole run as it is then. */
export function useRun(ws: string, id: string) {
  const client = useQueryClient()
  const query = useQuery(runQuery(ws, id))
  const live = query.data !== undefined && query.data.finishedAt === null
  useEffect(() => {
    if (!live) return
    const stream = new EventSource(
      `/api/v1/workspaces/${encodeURIComponent(ws)}/git/runs/${encodeURIComponent(id)}/events`,
    )
    stream.onmessage = ({ data }) => {
      const run: Run = JSON.parse(data)
      client.setQueryData(runQuery(ws, id).queryKey, run)
    }
    return () => stream.close()
  }, [client, ws, id, live])
  return query
}
