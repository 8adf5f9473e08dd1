import { Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs'
import IconPencil from '@tabler/icons-react/dist/esm/icons/IconPencil.mjs'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import IconSelector from '@tabler/icons-react/dist/esm/icons/IconSelector.mjs'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { sessionQuery } from '../api/session.ts'
import { paths } from '../paths.ts'
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
  const rights = useRights()
  const workspaces = session?.workspaces ?? []
  const name = workspaces.find((one) => one.slug === ws)?.name ?? ws
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
          {(session?.admin || rights.admin) && <Menu.Divider />}
          {rights.admin && (
            <Menu.Item leftSection={<IconPencil size={14} />} onClick={rename.open}>
              Rename this workspace
            </Menu.Item>
          )}
          {session?.admin && (
            <Menu.Item leftSection={<IconPlus size={14} />} onClick={dialog.open}>
              New workspace
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <RenameWorkspace ws={ws} present={name} opened={renaming} onClose={rename.close} />
      <NewWorkspace opened={creating} onClose={dialog.close} />
    </>
  )
}
