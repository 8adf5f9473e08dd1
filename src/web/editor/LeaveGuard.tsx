import { Button, Modal } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import type { RefObject } from 'react'
import f from '../components/form.module.css'

/** Asks before unsaved changes are left behind. `leaving` is set by the editor when it goes on by itself. */
export function LeaveGuard({
  dirty,
  leaving,
}: {
  readonly dirty: boolean
  readonly leaving: RefObject<boolean>
}) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && !leaving.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty && !leaving.current,
    withResolver: true,
  })
  const stay = () => blocker.status === 'blocked' && blocker.reset()
  const leave = () => blocker.status === 'blocked' && blocker.proceed()
  return (
    <Modal opened={blocker.status === 'blocked'} onClose={stay} title="Leave without saving?">
      <div className={f.stack}>
        <p>What you changed here is not saved yet and will be lost.</p>
        <div className={f.buttons}>
          <Button onClick={stay} data-autofocus>
            Stay here
          </Button>
          <Button variant="danger" onClick={leave}>
            Leave without saving
          </Button>
        </div>
      </div>
    </Modal>
  )
}
