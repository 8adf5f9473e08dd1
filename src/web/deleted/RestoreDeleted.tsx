import { Button, Modal, TextInput, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { Deleted } from '../../core/wire/resource.ts'
import { ApiError } from '../api/client.ts'
import { restoreDeleted } from '../api/deleted.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { showFailure } from '../components/failure-toast.ts'
import f from '../components/form.module.css'
import { NEEDS_EDITOR, useRights } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'

type Props = { readonly ws: string; readonly deleted: Deleted }

/** Restores at once; where the slug is somebody else's by now it asks for another. */
export function RestoreDeleted({ ws, deleted }: Props) {
  const rights = useRights()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [slug, setSlug] = useState<string | null>(null)
  const restore = useMutation({
    mutationFn: (as: string | undefined) =>
      restoreDeleted(ws, deleted.id, as === undefined ? {} : { slug: as }),
    onSuccess: async (resource) => {
      await navigate({ to: paths.resource(ws, deleted.kind, resource.slug) })
      notifications.show({
        title: `${deleted.name} is restored`,
        message: 'As a new save: its commit is on the way to Git.',
      })
    },
    onError: (error) => {
      if (isSlugTaken(error)) setSlug((now) => now ?? `${deleted.slug}-restored`)
      else if (slug === null) showFailure(`${deleted.name} was not restored`, error)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['ws', ws] }),
  })
  const ready = rights.edit
  return (
    <>
      <Tooltip label={NEEDS_EDITOR} disabled={ready}>
        <Button
          size="xs"
          aria-label={`Restore ${deleted.name}`}
          loading={restore.isPending && slug === null}
          onClick={() => ready && restore.mutate(undefined)}
          {...(ready ? {} : { 'data-disabled': true, 'aria-disabled': true })}
        >
          Restore
        </Button>
      </Tooltip>
      <Modal opened={slug !== null} onClose={() => setSlug(null)} title={`Restore ${deleted.name}`}>
        <form
          className={f.stack}
          onSubmit={(event) => {
            event.preventDefault()
            if (slug?.trim()) restore.mutate(slug.trim())
          }}
        >
          <p>
            Another {KIND_WORDS[deleted.kind]} is called{' '}
            <Link to={paths.resource(ws, deleted.kind, deleted.slug)} className="link mono">
              {deleted.slug}
            </Link>{' '}
            by now. The restored one needs a slug of its own; what referred to it does not find it again by
            itself.
          </p>
          <TextInput
            label="Slug"
            value={slug ?? ''}
            onChange={(event) => setSlug(event.currentTarget.value)}
            error={
              restore.error && restore.variables && isSlugTaken(restore.error)
                ? `${restore.variables} is taken too`
                : null
            }
            styles={{ input: { fontFamily: 'var(--font-mono)', fontSize: 13 } }}
            data-autofocus
          />
          {restore.error && !isSlugTaken(restore.error) && <ErrorNotice error={restore.error} />}
          <div className={f.buttons}>
            <Button onClick={() => setSlug(null)}>Cancel</Button>
            <Button type="submit" variant="filled" loading={restore.isPending}>
              Restore
            </Button>
          </div>
        </form>
      </Modal>
    </>
  )
}

function isSlugTaken(error: unknown): boolean {
  return error instanceof ApiError && error.problem.code === 'slug-taken'
}
