import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { sameValue } from '../../core/format/normalize.ts'
import type { Value } from '../../core/model/resource.ts'
import { type FileConflict, sidesOf } from '../../core/wire/conflict-sides.ts'
import { call, path } from '../api/client.ts'
import { type Resource, saveResource } from '../api/resources.ts'
import { showFailure } from '../components/failure-toast.ts'
import c from '../components/toast.module.css'
import { conflictName } from './conflict-words.ts'

/** Says that a conflict is settled. Where the workspace's version gave way it can be saved again, as a new change. */
export function showSettled(ws: string, conflict: FileConflict, value: Value | null): void {
  const { ours } = sidesOf(conflict)
  const gaveWay = ours !== null && value !== null && !sameValue(conflict.kind, ours, value)
  const isGone = ours !== null && value === null
  const name = conflictName(conflict)
  const id = notifications.show({
    title: `${name} is settled`,
    autoClose: 8_000,
    message: isGone ? (
      'It is kept for 30 days under Deleted.'
    ) : gaveWay ? (
      <div className={c.toast}>
        <span>The workspace's version gave way.</span>
        <Button
          size="xs"
          onClick={() => {
            notifications.hide(id)
            void saveAgain(ws, conflict, ours)
          }}
        >
          Undo
        </Button>
      </div>
    ) : null,
  })
}

/** The version that gave way, on top of what is there now: never over a save that came in between. */
async function saveAgain(ws: string, { kind, slug }: FileConflict, ours: Value): Promise<void> {
  try {
    const now = await call<Resource>(path`/workspaces/${ws}/${kind}/${slug}`)
    await saveResource(ws, kind, slug, now.revision, ours)
    notifications.show({ title: 'Saved as before', message: 'Its commit is on the way to Git.' })
  } catch (error) {
    showFailure('The version from before was not saved', error)
  }
}
