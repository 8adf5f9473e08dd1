import { Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MemberCreated, RoleWire } from '../../core/wire/person.ts'
import { addMember, membersQuery } from '../api/settings.ts'
import { DialogForm } from '../components/DialogForm.tsx'
import { RoleSelect } from './RoleSelect.tsx'

type Props = {
  readonly ws: string
  readonly opened: boolean
  readonly onClose: () => void
  readonly onAdded: (member: MemberCreated) => void
}

export function AddMember(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Add a member">
      <Form {...props} />
    </Modal>
  )
}

function Form({ ws, onClose, onAdded }: Props) {
  const client = useQueryClient()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<RoleWire>('editor')
  const add = useMutation({
    mutationFn: () =>
      addMember(ws, { email: email.trim(), role, ...(name.trim() === '' ? {} : { name: name.trim() }) }),
    onSuccess: async (member) => {
      await client.invalidateQueries({ queryKey: membersQuery(ws).queryKey })
      onAdded(member)
      onClose()
    },
  })
  return (
    <DialogForm word="Add member" ready={email.trim() !== ''} action={add} onCancel={onClose}>
      <TextInput
        label="E-mail address"
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        required
        data-autofocus
      />
      <TextInput
        label="Name"
        description="Commits of this person carry it."
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RoleSelect label="Role" value={role} onChange={setRole} />
    </DialogForm>
  )
}
