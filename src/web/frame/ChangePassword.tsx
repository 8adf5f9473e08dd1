import { Modal, PasswordInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { changePassword } from '../api/session.ts'
import { DialogForm } from '../components/DialogForm.tsx'

const SHORTEST = 8

type Props = { readonly opened: boolean; readonly onClose: () => void }

export function ChangePassword(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Change password">
      <Form onClose={props.onClose} />
    </Modal>
  )
}

function Form({ onClose }: Pick<Props, 'onClose'>) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => changePassword({ currentPassword: current, newPassword: next }),
    onSuccess: () => {
      onClose()
      notifications.show({ title: 'Your password is changed', message: 'Your other sessions have ended.' })
    },
  })
  const show = { 'aria-label': 'Show the password' }
  return (
    <DialogForm
      word="Change password"
      ready={current !== '' && next.length >= SHORTEST}
      action={change}
      onCancel={onClose}
    >
      <PasswordInput
        label="Present password"
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        visibilityToggleButtonProps={show}
        required
        data-autofocus
      />
      <PasswordInput
        label="New password"
        description={`At least ${SHORTEST} characters. Your other sessions end.`}
        autoComplete="new-password"
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        visibilityToggleButtonProps={show}
        required
      />
    </DialogForm>
  )
}
