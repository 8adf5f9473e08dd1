import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'

type Props = {
  readonly label: string
  /** For screen readers, where the label stands once in every row. */
  readonly fullLabel: string
  readonly title: string
  readonly means: string
  readonly confirm: string
  readonly run: () => Promise<unknown>
}

/** A step that cannot be taken back: it says what it means and asks once. */
export function ConfirmButton({ label, fullLabel, title, means, confirm, run }: Props) {
  const [opened, dialog] = useDisclosure(false)
  const go = useMutation({ mutationFn: run, onSuccess: dialog.close })
  return (
    <>
      <Button size="xs" variant="subtle" onClick={dialog.open} aria-label={fullLabel}>
        {label}
      </Button>
      <Modal opened={opened} onClose={dialog.close} title={title}>
        <div className={f.stack}>
          <p>{means}</p>
          {go.error && <ErrorNotice error={go.error} />}
          <div className={f.buttons}>
            <Button onClick={dialog.close} data-autofocus>
              Cancel
            </Button>
            <Button variant="danger" loading={go.isPending} onClick={() => go.mutate()}>
              {confirm}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}
