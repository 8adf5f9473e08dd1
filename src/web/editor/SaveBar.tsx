import { Button, Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { shortcut } from '../words/shortcut.ts'
import c from './editor.module.css'

type Props = {
  /** What a save will do, in words. */
  readonly words: string
  readonly saveLabel: string
  readonly discardLabel: string
  readonly saving: boolean
  readonly error: unknown
  /** Why saving is not possible now; null when it is. */
  readonly blocked: string | null
  readonly onSave: () => void
  readonly onDiscard: () => void
}

export function SaveBar({
  words,
  saveLabel,
  discardLabel,
  saving,
  error,
  blocked,
  onSave,
  onDiscard,
}: Props) {
  const save = () => {
    if (blocked === null && !saving) onSave()
  }
  useHotkeys([['mod+S', save]], [], true)
  return (
    <section className={c.bar} aria-label="Unsaved changes">
      {error !== null && (
        <div className={c['bar-error']}>
          <ErrorNotice error={error} />
        </div>
      )}
      <p className={c['bar-words']} aria-live="polite">
        {words}
      </p>
      <div className={c['bar-buttons']}>
        <Button onClick={onDiscard} disabled={saving}>
          {discardLabel}
        </Button>
        <Tooltip label={blocked ?? shortcut('S')}>
          <Button
            variant="filled"
            onClick={save}
            loading={saving}
            {...(blocked === null ? {} : { 'data-disabled': true, 'aria-disabled': true })}
          >
            {saveLabel}
          </Button>
        </Tooltip>
      </div>
    </section>
  )
}
