import { Checkbox, Modal, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createWorkspace, sessionQuery } from '../api/session.ts'
import { DialogForm } from '../components/DialogForm.tsx'
import { paths } from '../paths.ts'

/** What a name suggests as slug; the person may write another. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
}

export function NewWorkspace({
  opened,
  onClose,
}: {
  readonly opened: boolean
  readonly onClose: () => void
}) {
  return (
    <Modal opened={opened} onClose={onClose} title="New workspace">
      <NewWorkspaceForm onDone={onClose} />
    </Modal>
  )
}

export function NewWorkspaceForm({ onDone }: { readonly onDone: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [typedSlug, setTypedSlug] = useState<string | null>(null)
  const [cloneOf, setCloneOf] = useState<string | null>(null)
  const [withSources, setWithSources] = useState(true)
  const { data: session } = useQuery(sessionQuery)
  const workspaces = session?.workspaces ?? []
  const slug = typedSlug ?? slugOf(name)
  const create = useMutation({
    mutationFn: () =>
      createWorkspace({
        slug,
        name,
        ...(cloneOf === null ? {} : { cloneOf, connections: withSources ? 'copy' : 'names' }),
      }),
    onSuccess: async (workspace) => {
      await client.refetchQueries({ queryKey: ['me'] })
      onDone()
      await navigate({ to: paths.schema(workspace.slug) })
    },
  })
  return (
    <DialogForm
      word="Create workspace"
      ready={name.trim() !== '' && slug !== ''}
      action={create}
      onCancel={onDone}
    >
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        data-autofocus
      />
      <TextInput
        label="Slug"
        description={`Part of URLs and of the file names manifest-${slug || '…'}.yaml and aliases-${slug || '…'}.yaml. It stays as it is.`}
        value={slug}
        onChange={(event) => setTypedSlug(event.currentTarget.value)}
        className="mono"
        required
      />
      {workspaces.length > 0 && (
        <Select
          label="Begins with what this workspace has"
          placeholder="Nothing"
          data={workspaces.map((one) => ({ value: one.slug, label: one.name }))}
          value={cloneOf}
          onChange={setCloneOf}
          clearable
        />
      )}
      {cloneOf !== null && (
        <Checkbox
          label="Sources and destinations connect as they do there"
          description="Their secrets are asked for anew in either case. Without this they come by name and type alone."
          checked={withSources}
          onChange={(event) => setWithSources(event.currentTarget.checked)}
        />
      )}
    </DialogForm>
  )
}
