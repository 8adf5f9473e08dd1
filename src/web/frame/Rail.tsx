import { ActionIcon, Tooltip } from '@mantine/core'
import IconLayoutSidebar from '@tabler/icons-react/dist/esm/icons/IconLayoutSidebar.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { connectionQuery } from '../api/git.ts'
import { formatNumber } from '../words/count.ts'
import c from './frame.module.css'
import { RAIL, type RailItem } from './rail-items.ts'
import { UserMenu } from './UserMenu.tsx'
import { useWorkspace } from './use-workspace.ts'
import { WorkspaceSwitcher } from './WorkspaceSwitcher.tsx'

type Props = { readonly folded: boolean; readonly onFold?: () => void; readonly onGo?: () => void }

export function Rail({ folded, onFold, onGo }: Props) {
  const ws = useWorkspace()
  const { data: connection } = useQuery(connectionQuery(ws))
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
                  <Item
                    item={item}
                    ws={ws}
                    waiting={connection ? (item.waiting?.(connection.status) ?? 0) : 0}
                    folded={folded}
                    onGo={onGo}
                  />
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
  readonly waiting: number
  readonly folded: boolean
  readonly onGo: (() => void) | undefined
}

function Item({ item, ws, waiting, folded, onGo }: ItemProps) {
  const label = waiting === 0 ? item.label : `${item.label}, ${formatNumber(waiting)} waiting`
  const link = (
    <Link
      to={item.to(ws)}
      className={c.item}
      activeOptions={{ exact: item.exact ?? false, includeSearch: false }}
      aria-label={label}
      {...(onGo ? { onClick: onGo } : {})}
    >
      <item.Icon size={16} stroke={1.75} />
      <span className={c.folds}>{item.label}</span>
      {waiting > 0 && <span className={c.waiting}>{formatNumber(waiting)}</span>}
    </Link>
  )
  return folded ? (
    <Tooltip label={label} position="right" openDelay={0}>
      {link}
    </Tooltip>
  ) : (
    link
  )
}
