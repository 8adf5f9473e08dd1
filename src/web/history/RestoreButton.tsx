import { Button, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { Scope } from '../api/history.ts'
import { NEEDS_ADMIN, NEEDS_EDITOR, useRights } from '../frame/use-workspace.ts'
import { shortOid } from '../git/git-words.ts'
import { RestoreDialog } from './RestoreDialog.tsx'

type Props = {
  readonly ws: string
  readonly commit: string
  readonly scope: Scope
}

/** Opens the dialog that shows what going back would do. One resource takes an editor, the schema an admin. */
export function RestoreButton({ ws, commit, scope }: Props) {
  const rights = useRights()
  const [opened, dialog] = useDisclosure(false)
  const needs = scope === null ? (rights.admin ? null : NEEDS_ADMIN) : rights.edit ? null : NEEDS_EDITOR
  const button = (
    <Button
      {...(scope === null ? {} : { size: 'xs' })}
      onClick={() => needs === null && dialog.open()}
      aria-label={
        scope === null ? 'Roll back to this version' : `Restore ${scope.slug} as of ${shortOid(commit)}`
      }
      {...(needs === null ? {} : { 'data-disabled': true, 'aria-disabled': true })}
    >
      {scope === null ? 'Roll back to this version' : 'Restore'}
    </Button>
  )
  return (
    <>
      {needs === null ? button : <Tooltip label={needs}>{button}</Tooltip>}
      <RestoreDialog ws={ws} commit={commit} scope={scope} opened={opened} onClose={dialog.close} />
    </>
  )
}
