import { Drawer } from '@mantine/core'
import { useDisclosure, useHotkeys, useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { sessionQuery } from '../api/session.ts'
import { paths } from '../paths.ts'
import { ArchivedNotice } from './ArchivedNotice.tsx'
import c from './frame.module.css'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'
import { useLiveEvents } from './use-live-events.ts'
import { useWorkspace } from './use-workspace.ts'

const CommandPalette = lazy(async () => ({ default: (await import('./CommandPalette.tsx')).CommandPalette }))

/** What stays while pages come and go: rail, top bar, search, and the line for live events. */
export function Frame() {
  const ws = useWorkspace()
  useLiveEvents(ws)
  const href = useLocation({ select: (location) => location.href })
  const { data: session } = useQuery(sessionQuery)
  const [folded, setFolded] = useLocalStorage({ key: 'tandem-rail-folded', defaultValue: false })
  const [drawer, { open, close }] = useDisclosure(false)
  const [search, setSearch] = useState<'unused' | 'open' | 'closed'>('unused')
  useHotkeys([['mod+K', () => setSearch('open')]], [])
  if (session === null) return <Navigate to={paths.signIn} search={{ next: href }} />
  const archived = session?.archived.find(({ slug }) => slug === ws)
  return (
    <div className={c.frame} {...(folded ? { 'data-folded': true } : {})}>
      <a href="#main" className={c.skip}>
        Skip to the page
      </a>
      <aside className={c.rail} aria-label="Sidebar">
        <Rail folded={folded} onFold={() => setFolded(!folded)} />
      </aside>
      <Drawer
        opened={drawer}
        onClose={close}
        size={264}
        padding={0}
        title="Menu"
        classNames={{ content: c.drawer, header: c['drawer-head'], body: c['drawer-body'] }}
        attributes={{ header: { role: 'presentation' } }}
        closeButtonProps={{ 'aria-label': 'Close the menu' }}
      >
        <Rail folded={false} onGo={close} />
      </Drawer>
      <TopBar onMenu={open} onSearch={() => setSearch('open')} />
      <main id="main" className={c.main} tabIndex={-1}>
        {archived ? <ArchivedNotice workspace={archived} /> : <Outlet />}
      </main>
      {search !== 'unused' && (
        <Suspense>
          <CommandPalette opened={search === 'open'} onClose={() => setSearch('closed')} />
        </Suspense>
      )}
    </div>
  )
}
