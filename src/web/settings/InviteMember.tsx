import { Modal, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { InvitationCreated } from '../../core/wire/invitation.ts'
import type { RoleWire } from '../../core/wire/person.ts'
import { invitationsQuery, invite } from '../api/people.ts'
import { DialogForm } from '../components/DialogForm.tsx'
import { RoleSelect } from './RoleSelect.tsx'

const LIFETIMES = [
  { value: '1', label: 'A day' },
  { value: '7', label: 'A week' },
  { value: '30', label: '30 days' },
]

type Props = {
  readonly ws: string
  readonly opened: boolean
  readonly onClose: () => void
  readonly onInvited: (invitation: InvitationCreated) => void
}

export function InviteMember(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Invite a member">
      <Form {...props} />
    </Modal>
  )
}

function Form({ ws, onClose, onInvited }: Props) {
  const client = useQueryClient()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<RoleWire>('editor')
  const [days, setDays] = useState('7')
  const send = useMutation({
    mutationFn: () => invite(ws, { email: email.trim(), role, days: Number(days) }),
    onSuccess: async (invitation) => {
      await client.invalidateQueries({ queryKey: invitationsQuery(ws).queryKey })
      onInvited(invitation)
      onClose()
    },
  })
  return (
    <DialogForm word="Make invitation link" ready={email.trim() !== ''} action={send} onCancel={onClose}>
      <TextInput
        label="E-mail address"
        description="The link is for this address only. Tandem sends no mail: you hand the link over."
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        required
        data-autofocus
      />
      <RoleSelect label="Role" value={role} onChange={setRole} />
      <Select
        label="The link is good for"
        data={LIFETIMES}
        value={days}
        onChange={(value) => setDays(value ?? '7')}
      />
    </DialogForm>
  )
}
