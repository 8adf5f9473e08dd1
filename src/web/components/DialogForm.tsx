import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { ErrorNotice } from './ErrorNotice.tsx'
import f from './form.module.css'

type Props = {
  /** The verb on the button, with its object. */
  readonly word: string
  /** All that is needed is there. */
  readonly ready: boolean
  readonly action: { readonly mutate: () => void; readonly isPending: boolean; readonly error: unknown }
  readonly onCancel: () => void
  readonly children: ReactNode
}

/** The form of a dialog: its fields, what went wrong, and the two ways out. */
export function DialogForm({ word, ready, action, onCancel, children }: Props) {
  return (
    <form
      className={f.stack}
      onSubmit={(event) => {
        event.preventDefault()
        action.mutate()
      }}
    >
      {children}
      {action.error != null && <ErrorNotice error={action.error} />}
      <div className={f.buttons}>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="filled" loading={action.isPending} disabled={!ready}>
          {word}
        </Button>
      </div>
    </form>
  )
}
