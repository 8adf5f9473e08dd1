import { ActionIcon } from '@mantine/core'
import IconMenu2 from '@tabler/icons-react/dist/esm/icons/IconMenu2.mjs'
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs'
import { shortcut } from '../words/shortcut.ts'
import { Breadcrumbs } from './Breadcrumbs.tsx'
import c from './frame.module.css'
import { WorkspaceGitPill } from './WorkspaceGitPill.tsx'

type Props = { readonly onMenu: () => void; readonly onSearch: () => void }

export function TopBar({ onMenu, onSearch }: Props) {
  return (
    <header className={c.top}>
      <ActionIcon className={c['only-narrow']} aria-label="Open the menu" onClick={onMenu}>
        <IconMenu2 size={18} stroke={1.75} />
      </ActionIcon>
      <Breadcrumbs />
      <WorkspaceGitPill />
      <button type="button" className={c.search} onClick={onSearch} aria-label="Search and commands">
        <IconSearch size={15} stroke={1.75} aria-hidden />
        <span>Search</span>
        <kbd aria-hidden>{shortcut('K')}</kbd>
      </button>
    </header>
  )
}
