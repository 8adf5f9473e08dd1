import { Modal, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiKeyCreated, RoleWire } from '../../core/wire/person.ts'
import { apiKeysQuery, createApiKey } from '../api/settings.ts'
import { DialogForm } from '../components/DialogForm.tsx'
import { RoleSelect } from './RoleSelect.tsx'

const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'never', label: 'Never' },
]
const DAY_MS = 86_400_000

type Props = {
  readonly ws: string
  readonly opened: boolean
  readonly onClose: () => void
  readonly onCreated: (key: ApiKeyCreated) => void
}

export function CreateApiKey(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="New API key">
      <Form {...props} />
    </Modal>
  )
}

function Form({ ws, onClose, onCreated }: Props) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [role, setRole] = useState<RoleWire>('editor')
  const [days, setDays] = useState('90')
  const create = useMutation({
    mutationFn: () =>
      createApiKey(ws, {
        name: name.trim(),
        role,
        expiresAt: days === 'never' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
      }),
    onSuccess: async (key) => {
      await client.invalidateQueries({ queryKey: apiKeysQuery(ws).queryKey })
      onCreated(key)
      onClose()
    },
  })
  return (
    <DialogForm word="Create API key" ready={name.trim() !== ''} action={create} onCancel={onClose}>
      <TextInput
        label="Name"
        description="What will use it, such as CI."
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        data-autofocus
      />
      <RoleSelect label="Role" value={role} onChange={setRole} />
      <Select label="Expires" data={LIFETIMES} value={days} onChange={(value) => setDays(value ?? '90')} />
    </DialogForm>
  )
}
