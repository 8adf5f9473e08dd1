import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keysOf } from './event-keys.ts'

/** Events of one run come in bursts: one reading again for each burst. */
const BURST_MS = 120

/**
 * Reads again what the workspace's events say has changed, so that no page needs a reload (W6). After a
 * break the stream goes on where it ended, by itself.
 */
export function useLiveEvents(ws: string): void {
  const client = useQueryClient()
  useEffect(() => {
    const stream = new EventSource(`/api/v1/workspaces/${encodeURIComponent(ws)}/events`)
    const waiting = new Map<string, readonly unknown[]>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      for (const queryKey of waiting.values()) void client.invalidateQueries({ queryKey })
      waiting.clear()
    }
    const add = (keys: readonly (readonly unknown[])[]) => {
      for (const key of keys) waiting.set(JSON.stringify(key), key)
      timer ??= setTimeout(flush, BURST_MS)
    }
    stream.onmessage = ({ data }) => add(keysOf(ws, JSON.parse(data)))
    return () => {
      stream.close()
      clearTimeout(timer)
    }
  }, [client, ws])
}
