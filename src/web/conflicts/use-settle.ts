import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { FileConflict } from '../../core/wire/conflict-sides.ts'
import { ApiError } from '../api/client.ts'
import { conflictsQuery, resolveConflict } from '../api/git.ts'
import { paths } from '../paths.ts'
import type { Outcome } from './decisions.ts'
import { showSettled } from './settled-toast.tsx'

/** Settles for the two versions that are shown; refused for others, those come in their place (412). */
export function useSettle(ws: string, conflict: FileConflict) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const settle = useMutation({
    mutationFn: ({ resolution }: Extract<Outcome, { kind: 'ready' }>) =>
      resolveConflict(ws, conflict.id, resolution),
    onSuccess: async (_, { value }) => {
      showSettled(ws, conflict, value)
      await navigate({ to: paths.conflicts(ws) })
    },
    onError: (error) => {
      const present = error instanceof ApiError ? error.problem.conflict : undefined
      if (present === undefined) return
      client.setQueryData(
        conflictsQuery(ws).queryKey,
        (list) =>
          list && { ...list, items: list.items.map((one) => (one.id === present.id ? present : one)) },
      )
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['ws', ws] }),
  })
  const isStale = settle.error instanceof ApiError && settle.error.problem.conflict !== undefined
  return {
    mutate: settle.mutate,
    isPending: settle.isPending,
    isStale,
    error: isStale ? null : settle.error,
  }
}
