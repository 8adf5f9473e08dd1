import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { RefObject } from 'react'
import { isFileKind, KIND_WORDS, type Kind } from '../../core/model/kind.ts'
import { deleteResource, type Resource, usedByQuery } from '../api/resources.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { showDeleted } from '../deleted/deleted-toast.tsx'
import { paths } from '../paths.ts'
import { count } from '../words/count.ts'
import { UsedByTab } from './UsedByTab.tsx'

type Props = {
  readonly ws: string
  readonly kind: Kind
  readonly name: string
  readonly resource: Resource
  readonly opened: boolean
  readonly onClose: () => void
  readonly leaving: RefObject<boolean>
}

export function DeleteDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={`Delete ${props.name}`} size="lg">
      <Content {...props} />
    </Modal>
  )
}

function Content({ ws, kind, name, resource, onClose, leaving }: Props) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const users = useQuery(usedByQuery(ws, kind, resource.slug))
  const remove = useMutation({
    mutationFn: () => deleteResource(ws, kind, resource.slug, resource.revision),
    onSuccess: async () => {
      leaving.current = true
      onClose()
      await navigate({ to: paths.list(ws, kind) })
      client.removeQueries({ queryKey: ['ws', ws, kind, 'one', resource.slug] })
      await client.invalidateQueries({ queryKey: ['ws', ws] })
      const { slug } = resource
      showDeleted(ws, { kind, slug, name }, () => {
        void navigate({ to: paths.resource(ws, kind, slug) })
      })
    },
  })
  if (users.isPending) return <RowsSkeleton rows={2} />
  const referrers = users.data?.items.length ?? 0
  return (
    <div className={f.stack}>
      {referrers > 0 ? (
        <>
          <p>
            {count(referrers, 'place')} still {referrers === 1 ? 'refers' : 'refer'} to this{' '}
            {KIND_WORDS[kind]}. Change or delete {referrers === 1 ? 'it' : 'them'} first.
          </p>
          <UsedByTab ws={ws} kind={kind} slug={resource.slug} />
        </>
      ) : (
        <p>
          {isFileKind(kind)
            ? 'Its file is deleted in Git with the next commit. For 30 days it can be restored under Deleted.'
            : 'Its stored configuration and secrets are kept for 30 days under Deleted, to be restored.'}
        </p>
      )}
      {remove.error && <ErrorNotice error={remove.error} />}
      <div className={f.buttons}>
        <Button onClick={onClose} data-autofocus>
          Cancel
        </Button>
        {referrers === 0 && (
          <Button variant="danger" onClick={() => remove.mutate()} loading={remove.isPending}>
            Delete {KIND_WORDS[kind]}
          </Button>
        )}
      </div>
    </div>
  )
}
