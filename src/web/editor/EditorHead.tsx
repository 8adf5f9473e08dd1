import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconDots from '@tabler/icons-react/dist/esm/icons/IconDots.mjs'
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs'
import type { RefObject } from 'react'
import { KIND_WORDS, type Kind } from '../../core/model/kind.ts'
import type { Resource } from '../api/resources.ts'
import { KindIcon } from '../components/KindIcon.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { useRights } from '../frame/use-workspace.ts'
import type { FileFault } from '../git/file-fault.ts'
import { GitPill } from '../git/GitPill.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'

type Props = {
  readonly ws: string
  readonly kind: Kind
  readonly name: string
  readonly resource: Resource | null
  /** What is wrong with its file in Git; null: nothing. */
  readonly fault: FileFault | null
  readonly leaving: RefObject<boolean>
}

export function EditorHead({ ws, kind, name, resource, fault, leaving }: Props) {
  const rights = useRights()
  const [deleting, dialog] = useDisclosure(false)
  if (resource === null) return <PageHeader icon={<KindIcon kind={kind} size={20} />} title={name} />
  return (
    <>
      <PageHeader
        icon={<KindIcon kind={kind} size={20} />}
        title={name}
        beside={
          <>
            <code style={{ color: 'var(--text-3)' }}>{resource.slug}</code>
            <GitPill git={resource.git} fault={fault} of={{ kind, slug: resource.slug }} />
          </>
        }
        actions={
          rights.edit && (
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon aria-label="More actions">
                  <IconDots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconTrash size={14} />} onClick={dialog.open} c="var(--red)">
                  Delete {KIND_WORDS[kind]}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )
        }
      />
      <DeleteDialog
        ws={ws}
        kind={kind}
        name={name}
        resource={resource}
        opened={deleting}
        onClose={dialog.close}
        leaving={leaving}
      />
    </>
  )
}
