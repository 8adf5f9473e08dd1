import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { disconnect } from '../api/git.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'

export function Disconnect({ ws }: { readonly ws: string }) {
  const client = useQueryClient()
  const [opened, dialog] = useDisclosure(false)
  const cut = useMutation({
    mutationFn: () => disconnect(ws),
    onSuccess: async () => {
      dialog.close()
      await client.invalidateQueries({ queryKey: ['ws', ws] })
    },
  })
  return (
    <>
      <Button variant="danger" onClick={dialog.open}>
        Disconnect
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="Disconnect the repository">
        <div className={f.stack}>
          <p>
            Workspace and repository both stay as they are. The stored credentials are deleted, and what the
            two last agreed on is forgotten: connecting again begins with a first sync.
          </p>
          {cut.error && <ErrorNotice error={cut.error} />}
          <div className={f.buttons}>
            <Button onClick={dialog.close} data-autofocus>
              Cancel
            </Button>
            <Button variant="danger" onClick={() => cut.mutate()} loading={cut.isPending}>
              Disconnect repository
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}
