import { Button, Tooltip } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import c from './checklist.module.css'

type Props = {
  readonly label: string
  /** For screen readers, where the label stands in several rows. */
  readonly fullLabel?: string
  /** Why this person may not; null: may. */
  readonly refused: string | null
  readonly run: () => Promise<unknown>
}

/** One click, then the list is checked again. */
export function MendButton({ label, fullLabel, refused, run }: Props) {
  const ws = useWorkspace()
  const client = useQueryClient()
  const mend = useMutation({
    mutationFn: run,
    onSuccess: async () => {
      void client.invalidateQueries({ queryKey: ['me'] })
      await client.invalidateQueries({ queryKey: ['ws', ws] })
    },
  })
  const blocked = refused === null ? {} : { 'data-disabled': true, 'aria-disabled': true }
  return (
    <div className={c.mend}>
      <Tooltip label={refused} disabled={refused === null}>
        <Button
          size="xs"
          loading={mend.isPending}
          onClick={() => refused === null && mend.mutate()}
          {...(fullLabel === undefined ? {} : { 'aria-label': fullLabel })}
          {...blocked}
        >
          {label}
        </Button>
      </Tooltip>
      {mend.error && <ErrorNotice error={mend.error} />}
    </div>
  )
}
