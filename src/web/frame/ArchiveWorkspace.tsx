import { Button, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { archiveWorkspace } from '../api/session.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'

type Props = {
  readonly ws: string
  readonly name: string
  readonly opened: boolean
  readonly onClose: () => void
}

/** Says what happens and asks once; the page that stands there afterwards offers the way back. */
export function ArchiveWorkspace({ ws, name, opened, onClose }: Props) {
  const client = useQueryClient()
  const archive = useMutation({
    mutationFn: () => archiveWorkspace(ws),
    onSuccess: async () => {
      onClose()
      await client.invalidateQueries()
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={`Archive ${name}`}>
      <div className={f.stack}>
        <p>
          It leaves the switcher and the environments of everybody. Nothing in it can be changed, and nothing
          is synced: saves that are not in Git yet wait, and commits are not read.
        </p>
        <p>
          Everything is kept: resources, history, members, the connection. An admin of the workspace restores
          it in one step, as it was.
        </p>
        {archive.error && <ErrorNotice error={archive.error} />}
        <div className={f.buttons}>
          <Button onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button variant="danger" onClick={() => archive.mutate()} loading={archive.isPending}>
            Archive workspace
          </Button>
        </div>
      </div>
    </Modal>
  )
}
