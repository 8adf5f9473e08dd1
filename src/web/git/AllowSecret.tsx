import { Button, Modal, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { KIND_WORDS, type Kind } from '../../core/model/kind.ts'
import { allowSecret } from '../api/secrets.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'
import { NEEDS_ADMIN, useRights, useWorkspace } from '../frame/use-workspace.ts'

type Place = { readonly kind: Kind; readonly slug: string; readonly path: string; readonly what: string }

/** For an admin, after one look at what it means: a repository's history forgets nothing (Z12). */
export function AllowSecret({ place }: { readonly place: Place }) {
  const [opened, dialog] = useDisclosure(false)
  return (
    <>
      <AllowButton place={place} onClick={dialog.open} />
      <AllowDialog place={place} opened={opened} onClose={dialog.close} />
    </>
  )
}

export function AllowButton({ place, onClick }: { readonly place: Place; readonly onClick: () => void }) {
  const rights = useRights()
  return (
    <Tooltip label={NEEDS_ADMIN} disabled={rights.admin}>
      <Button
        size="xs"
        aria-label={`Allow what looks like ${place.what} at ${place.path} of ${place.slug}`}
        onClick={() => rights.admin && onClick()}
        {...(rights.admin ? {} : { 'data-disabled': true, 'aria-disabled': true })}
      >
        Allow…
      </Button>
    </Tooltip>
  )
}

type DialogProps = { readonly place: Place; readonly opened: boolean; readonly onClose: () => void }

/** Beside a popover, never in it: a click in a dialog closes the popover, and what stands in that is gone. */
export function AllowDialog({ place, opened, onClose }: DialogProps) {
  const ws = useWorkspace()
  const client = useQueryClient()
  const { kind, slug, path, what } = place
  const allow = useMutation({
    mutationFn: () => allowSecret(ws, { kind, slug, path, waitSeconds: 10 }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['ws', ws] })
      onClose()
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={`Let ${what} into Git`}>
      <div className={f.stack}>
        <p>
          What stands at <code>{path}</code> of the {KIND_WORDS[kind]} <code>{slug}</code> now is committed,
          for everybody who can read the repository, and its history keeps it for ever. Allow only what is no
          real secret, such as a sample. Another text at this place is asked about anew.
        </p>
        {allow.error && <ErrorNotice error={allow.error} />}
        <div className={f.buttons}>
          <Button onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button variant="danger" loading={allow.isPending} onClick={() => allow.mutate()}>
            Allow this place
          </Button>
        </div>
      </div>
    </Modal>
  )
}
