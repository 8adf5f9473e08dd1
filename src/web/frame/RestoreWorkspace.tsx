import { Button, type ButtonProps } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Session } from '../../core/wire/person.ts'
import { restoreWorkspace } from '../api/session.ts'
import { showFailure } from '../components/failure-toast.ts'
import { paths } from '../paths.ts'

type Props = {
  readonly workspace: Session['archived'][number]
  readonly button: Pick<ButtonProps, 'size' | 'variant'>
  readonly onDone?: () => void
}

/** One step, which opens it; whoever may not take it is told who may. */
export function RestoreWorkspace({ workspace: { slug, name, role }, button, onDone }: Props) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const restore = useMutation({
    mutationFn: () => restoreWorkspace(slug),
    onSuccess: async () => {
      await client.invalidateQueries()
      onDone?.()
      await navigate({ to: paths.schema(slug) })
    },
    onError: (error) => showFailure(`${name} was not restored`, error),
  })
  if (role !== 'admin') return <span>An admin of it can restore it.</span>
  return (
    <Button
      {...button}
      aria-label={`Restore ${name}`}
      onClick={() => restore.mutate()}
      loading={restore.isPending}
    >
      Restore
    </Button>
  )
}
