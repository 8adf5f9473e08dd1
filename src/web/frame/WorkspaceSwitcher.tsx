import { Menu, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconArchive from '@tabler/icons-react/dist/esm/icons/IconArchive.mjs'
import IconArchiveOff from '@tabler/icons-react/dist/esm/icons/IconArchiveOff.mjs'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import IconSelector from '@tabler/icons-react/dist/esm/icons/IconSelector.mjs'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { sessionQuery } from '../api/session.ts'
import { paths } from '../paths.ts'
import { ArchivedList } from './ArchivedList.tsx'
import { ArchiveWorkspace } from './ArchiveWorkspace.tsx'
import c from './frame.module.css'
import { NewWorkspace } from './NewWorkspace.tsx'
import { RenameWorkspace } from './RenameWorkspace.tsx'
import { useRights, useWorkspace } from './use-workspace.ts'

export function WorkspaceSwitcher({ folded }: { readonly folded: boolean }) {
  const ws = useWorkspace()
  const navigate = useNavigate()
  const { data: session } = useQuery(sessionQuery)
  const [creating, dialog] = useDisclosure(false)
  const [renaming, rename] = useDisclosure(false)
  const [archiving, archive] = useDisclosure(false)
  const [listing, list] = useDisclosure(false)
  const rights = useRights()
  const workspaces = session?.workspaces ?? []
  const archived = session?.archived ?? []
  const name = [...workspaces, ...archived].find((one) => one.slug === ws)?.name ?? ws
  return (
    <>
      <Menu position="bottom-start" width={232}>
        <Menu.Target>
          <button type="button" className={c['rail-button']} aria-label={`Workspace: ${name}`}>
            <span className={c.badge} aria-hidden>
              {name.charAt(0).toUpperCase()}
            </span>
            {!folded && (
              <>
                <strong className={c.ellipsis} style={{ fontWeight: 600 }}>
                  {name}
                </strong>
                <IconSelector size={14} aria-hidden />
              </>
            )}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {workspaces.map((one) => (
            <Menu.Item
              key={one.slug}
              onClick={() => navigate({ to: paths.schema(one.slug) })}
              rightSection={one.slug === ws ? <IconCheck size={14} aria-label="open now" /> : null}
            >
              {one.name}
            </Menu.Item>
          ))}
          {(session?.admin || rights.admin || archived.length > 0) && <Menu.Divider />}
          {rights.admin && (
            <Menu.Item leftSection={<IconPencil size={14} />} onClick={rename.open}>
              Rename this workspace
            </Menu.Item>
          )}
          {rights.admin && (
            <Menu.Item leftSection={<IconArchive size={14} />} onClick={archive.open}>
              Archive this workspace
            </Menu.Item>
          )}
          {session?.admin && (
            <Menu.Item leftSection={<IconPlus size={14} />} onClick={dialog.open}>
              New workspace
            </Menu.Item>
          )}
          {archived.length > 0 && (
            <Menu.Item leftSection={<IconArchiveOff size={14} />} onClick={list.open}>
              Archived workspaces
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <RenameWorkspace ws={ws} present={name} opened={renaming} onClose={rename.close} />
      <ArchiveWorkspace ws={ws} name={name} opened={archiving} onClose={archive.close} />
      <Modal opened={listing} onClose={list.close} title="Archived workspaces">
        <ArchivedList archived={archived} onDone={list.close} />
      </Modal>
      <NewWorkspace opened={creating} onClose={dialog.close} />
    </>
  )
}
