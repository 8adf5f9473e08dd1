import { ActionIcon, Tooltip } from '@mantine/core'
import IconLayoutSidebar from '@tabler/icons-react/dist/esm/icons/IconLayoutSidebar.mjs'
import { Link } from '@tanstack/react-router'
import c from './frame.module.css'
import { RAIL, type RailItem } from './rail-items.ts'
import { UserMenu } from './UserMenu.tsx'
import { useWorkspace } from './use-workspace.ts'
import { WorkspaceSwitcher } from './WorkspaceSwitcher.tsx'

type Props = { readonly folded: boolean; readonly onFold?: () => void; readonly onGo?: () => void }

export function Rail({ folded, onFold, onGo }: Props) {
  const ws = useWorkspace()
  return (
    <>
      <div className={c['rail-head']}>
        <WorkspaceSwitcher folded={folded} />
      </div>
      <nav className={c.groups} aria-label="Main">
        {RAIL.map((group) => (
          <section key={group.label} className={c.group} aria-label={group.label}>
            <h2 className={c['group-title']}>{group.label}</h2>
            <ul>
              {group.items.map((item) => (
                <li key={item.label}>
                  <Item item={item} ws={ws} folded={folded} onGo={onGo} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <div className={c['rail-foot']}>
        <UserMenu folded={folded} />
        {onFold && (
          <Tooltip label={folded ? 'Unfold the sidebar' : 'Fold the sidebar'} position="right">
            <ActionIcon aria-label={folded ? 'Unfold the sidebar' : 'Fold the sidebar'} onClick={onFold}>
              <IconLayoutSidebar size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </>
  )
}

type ItemProps = {
  readonly item: RailItem
  readonly ws: string
  readonly folded: boolean
  readonly onGo: (() => void) | undefined
}

function Item({ item, ws, folded, onGo }: ItemProps) {
  const link = (
    <Link
      to={item.to(ws)}
      className={c.item}
      activeOptions={{ exact: item.exact ?? false, includeSearch: false }}
      aria-label={item.label}
      {...(onGo ? { onClick: onGo } : {})}
    >
      <item.Icon size={16} stroke={1.75} />
      <span className={c.folds}>{item.label}</span>
    </Link>
  )
  return folded ? (
    <Tooltip label={item.label} position="right" openDelay={0}>
      {link}
    </Tooltip>
  ) : (
    link
  )
}
