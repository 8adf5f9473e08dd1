import { Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Session } from '../../core/wire/person.ts'
import { changeMe, sessionQuery } from '../api/session.ts'
import { DialogForm } from '../components/DialogForm.tsx'

type Props = {
  readonly session: Session
  readonly opened: boolean
  readonly onClose: () => void
}

/** Who one's commits say that one is. */
export function ChangeIdentity(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Name in commits">
      <Form {...props} />
    </Modal>
  )
}

function Form({ session: { actor }, onClose }: Props) {
  const client = useQueryClient()
  const [name, setName] = useState(actor.name)
  const [email, setEmail] = useState(actor.commitEmail ?? '')
  const change = useMutation({
    mutationFn: () => changeMe({ name: name.trim(), commitEmail: email.trim() === '' ? null : email.trim() }),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session)
      onClose()
    },
  })
  return (
    <DialogForm word="Save" ready={name.trim() !== ''} action={change} onCancel={onClose}>
      <TextInput
        label="Name"
        description="Everybody here sees it, and your commits bear it."
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        data-autofocus
      />
      <TextInput
        label="E-mail address in commits"
        description="Such as the private address that your Git host gives you. You go on signing in with the other."
        placeholder={actor.email}
        type="email"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
    </DialogForm>
  )
}
