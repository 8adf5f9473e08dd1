import { useQuery } from '@tanstack/react-query'
import type { Kind } from '../../core/model/kind.ts'
import { connectionQuery, runQuery } from '../api/git.ts'
import { type FileFault, fileFault } from './file-fault.ts'

/** What is wrong with the file of a resource while a commit with errors blocks the workspace; null: nothing. */
export function useFileFault(ws: string, kind: Kind, slug: string | null): FileFault | null {
  const { data: connection } = useQuery(connectionQuery(ws))
  const blocked = connection?.status.state === 'blocked' ? connection.status.lastRun : null
  const { data: run } = useQuery({ ...runQuery(ws, blocked ?? ''), enabled: blocked !== null })
  return blocked === null || slug === null || run === undefined ? null : fileFault(run, kind, slug)
}
