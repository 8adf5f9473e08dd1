import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { KIND_WORDS, type Kind } from '../../core/model/kind.ts'
import { lastDeleted, restoreDeleted } from '../api/deleted.ts'
import { showFailure } from '../components/failure-toast.ts'
import t from '../components/toast.module.css'
import { sentence } from '../words/count.ts'

type Gone = { readonly kind: Kind; readonly slug: string; readonly name: string }

/** Says what was deleted, and takes it back for as long as it stands there. */
export function showDeleted(ws: string, gone: Gone, onRestored: () => void): void {
  const id = notifications.show({
    title: `${gone.name} is deleted`,
    autoClose: 8_000,
    message: (
      <div className={t.toast}>
        <span>{sentence(KIND_WORDS[gone.kind])}, kept for 30 days under Deleted.</span>
        <Button
          size="xs"
          onClick={() => {
            notifications.hide(id)
            void restore(ws, gone, onRestored)
          }}
        >
          Undo
        </Button>
      </div>
    ),
  })
}

async function restore(ws: string, gone: Gone, onRestored: () => void): Promise<void> {
  try {
    const found = await lastDeleted(ws, gone)
    if (found !== null) await restoreDeleted(ws, found.id, {})
    onRestored()
  } catch (error) {
    showFailure(`${gone.name} was not restored`, error)
  }
}
