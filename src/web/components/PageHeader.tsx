import type { ReactNode } from 'react'
import c from './PageHeader.module.css'

type Props = {
  readonly title: ReactNode
  readonly icon?: ReactNode
  /** Beside the title: a slug, a Git state. */
  readonly beside?: ReactNode
  /** One sentence under the title. */
  readonly lead?: ReactNode
  /** Top right: the page's one primary action last. */
  readonly actions?: ReactNode
}

export function PageHeader({ title, icon, beside, lead, actions }: Props) {
  return (
    <header className={c.header}>
      <div className={c.words}>
        <div className={c.line}>
          <div className={c.name}>
            {icon}
            <h1 className={c.title}>{title}</h1>
          </div>
          {beside}
        </div>
        {lead && <p className={c.lead}>{lead}</p>}
      </div>
      {actions && <div className={c.actions}>{actions}</div>}
    </header>
  )
}
