import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { HeldGroup } from '../../core/wire/held.ts'
import type { ApproveRun } from '../../core/wire/run.ts'
import f from '../components/form.module.css'
import { useRights } from '../frame/use-workspace.ts'
import c from './held.module.css'
import { approveWords } from './held-words.ts'

type Props = {
  readonly group: HeldGroup
  readonly approving: boolean
  readonly onApprove: (dropped: ApproveRun['dropped']) => void
}

/** The consent itself, for admins; the others read who may. */
export function Consent({ group, approving, onApprove }: Props) {
  const rights = useRights()
  if (!rights.admin) return <p className={c.later}>An admin of this workspace approves it.</p>
  if (group.first.reason === 'history-rewritten')
    return <AfterRewrite approving={approving} onApprove={onApprove} />
  return (
    <div className={c.ways}>
      <Button variant="filled" loading={approving} onClick={() => onApprove(undefined)}>
        {approveWords(group)}
      </Button>
    </div>
  )
}

function AfterRewrite({ approving, onApprove }: Omit<Props, 'group'>) {
  const [opened, dialog] = useDisclosure(false)
  return (
    <div className={c.ways}>
      <Button variant="filled" loading={approving} onClick={() => onApprove('send')}>
        Send it again
      </Button>
      <Button variant="danger" disabled={approving} onClick={dialog.open}>
        Give it up here too
      </Button>
      <Modal opened={opened} onClose={dialog.close} title="Give up what the rewrite dropped">
        <div className={f.stack}>
          <p>
            The workspace becomes what the rewritten branch holds. Deleted resources can be restored for 30
            days; changed ones are in the old commits alone, if somebody still has them.
          </p>
          <div className={f.buttons}>
            <Button onClick={dialog.close} data-autofocus>
              Cancel
            </Button>
            <Button
              variant="danger"
              loading={approving}
              onClick={() => {
                dialog.close()
                onApprove('give-up')
              }}
            >
              Give it up
            </Button>
          </div>
        </div>
      </Modal>
    </div>
  )
}
