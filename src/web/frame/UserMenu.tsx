import { Menu, useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import IconDeviceDesktop from '@tabler/icons-react/dist/esm/icons/IconDeviceDesktop.mjs'
import IconDevices from '@tabler/icons-react/dist/esm/icons/IconDevices.mjs'
import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs'
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs'
import IconMoon from '@tabler/icons-react/dist/esm/icons/IconMoon.mjs'
import IconSun from '@tabler/icons-react/dist/esm/icons/IconSun.mjs'
import IconUser from '@tabler/icons-react/dist/esm/icons/IconUser.mjs'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { sessionQuery, signOut } from '../api/session.ts'
import { paths } from '../paths.ts'
import { ChangeIdentity } from './ChangeIdentity.tsx'
import { ChangePassword } from './ChangePassword.tsx'
import c from './frame.module.css'
import { OwnSessions } from './OwnSessions.tsx'

const THEMES = [
  { value: 'light', label: 'Light theme', Icon: IconSun },
  { value: 'dark', label: 'Dark theme', Icon: IconMoon },
  { value: 'auto', label: "The system's theme", Icon: IconDeviceDesktop },
] as const

export function UserMenu({ folded }: { readonly folded: boolean }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [changing, password] = useDisclosure(false)
  const [listing, sessions] = useDisclosure(false)
  const [naming, identity] = useDisclosure(false)
  const { data: session } = useQuery(sessionQuery)
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      client.clear()
      await navigate({ to: paths.signIn })
    },
  })
  const choose = (chosen: string) => {
    const theme = THEMES.find((one) => one.value === chosen)
    if (theme !== undefined) setColorScheme(theme.value)
  }
  const name = session?.actor.name ?? ''
  return (
    <>
      <Menu position="top-start" width={232}>
        <Menu.Target>
          <button type="button" className={c['rail-button']} aria-label={`Account: ${name}`}>
            <span className={c.badge} data-round aria-hidden>
              {name.charAt(0).toUpperCase()}
            </span>
            {!folded && <span className={c.ellipsis}>{name}</span>}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{session?.actor.email}</Menu.Label>
          <Menu.RadioGroup value={colorScheme} onChange={choose}>
            {THEMES.map(({ value, label, Icon }) => (
              <Menu.RadioItem key={value} value={value} rightSection={<Icon size={14} />} closeMenuOnClick>
                {label}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item leftSection={<IconUser size={14} />} onClick={identity.open}>
            Name in commits
          </Menu.Item>
          <Menu.Item leftSection={<IconLock size={14} />} onClick={password.open}>
            Change password
          </Menu.Item>
          <Menu.Item leftSection={<IconDevices size={14} />} onClick={sessions.open}>
            Your sessions
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={14} />} onClick={() => leave.mutate()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {session && <ChangeIdentity session={session} opened={naming} onClose={identity.close} />}
      <ChangePassword opened={changing} onClose={password.close} />
      <OwnSessions opened={listing} onClose={sessions.close} />
    </>
  )
}
