import { Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { renameWorkspace } from '../api/session.ts'
import { DialogForm } from '../components/DialogForm.tsx'

type Props = {
  readonly ws: string
  readonly present: string
  readonly opened: boolean
  readonly onClose: () => void
}

/** Its display name alone: the slug is part of file names and stays. */
export function RenameWorkspace({ opened, onClose, ...rest }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Rename workspace">
      <RenameForm {...rest} onDone={onClose} />
    </Modal>
  )
}

function RenameForm({
  ws,
  present,
  onDone,
}: Pick<Props, 'ws' | 'present'> & { readonly onDone: () => void }) {
  const client = useQueryClient()
  const [name, setName] = useState(present)
  const rename = useMutation({
    mutationFn: () => renameWorkspace(ws, name.trim()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['me'] })
      await client.invalidateQueries({ queryKey: ['ws', ws] })
      onDone()
    },
  })
  return (
    <DialogForm
      word="Rename"
      ready={name.trim() !== '' && name.trim() !== present}
      action={rename}
      onCancel={onDone}
    >
      <TextInput
        label="Name"
        description={`The slug stays ${ws}: it is part of URLs and of file names.`}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        data-autofocus
      />
    </DialogForm>
  )
}
