import type { ReactNode } from 'react'
import c from './EmptyState.module.css'

type Props = {
  readonly icon?: ReactNode
  /** One sentence about what this page will show. */
  readonly children: ReactNode
  readonly action?: ReactNode
}

export function EmptyState({ icon, children, action }: Props) {
  return (
    <div className={c.empty}>
      {icon}
      <p className={c.text}>{children}</p>
      {action}
    </div>
  )
}
