import { Button, Tooltip } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { sync } from '../api/git.ts'
import { showFailure } from '../components/failure-toast.ts'
import { NEEDS_EDITOR, useRights } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'

type Props = {
  readonly ws: string
  /** Something else is the page's one primary action. */
  readonly quiet: boolean
}

/** Both start a run and go to its page, where it is seen at work. */
export function SyncButtons({ ws, quiet }: Props) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const rights = useRights()
  const start = useMutation({
    mutationFn: (full: boolean) => sync(ws, { full }),
    onSuccess: async (run) => {
      void client.invalidateQueries({ queryKey: ['ws', ws, 'git'] })
      await navigate({ to: paths.run(ws, run.id) })
    },
    onError: (error) => showFailure('No run was started', error),
  })
  const blocked = rights.edit ? {} : { 'data-disabled': true, 'aria-disabled': true }
  const run = (full: boolean) => rights.edit && start.mutate(full)
  return (
    <>
      <Tooltip
        label={rights.edit ? 'Lists both sides anew; writes nothing when nothing differs' : NEEDS_EDITOR}
      >
        <Button onClick={() => run(true)} loading={start.isPending && start.variables} {...blocked}>
          Full resync
        </Button>
      </Tooltip>
      <Tooltip label={rights.edit ? 'Looks for commits and sends what waits' : NEEDS_EDITOR}>
        <Button
          variant={quiet ? 'default' : 'filled'}
          onClick={() => run(false)}
          loading={start.isPending && !start.variables}
          {...blocked}
        >
          Sync now
        </Button>
      </Tooltip>
    </>
  )
}
