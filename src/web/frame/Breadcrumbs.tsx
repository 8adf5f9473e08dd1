import { Link, useLocation } from '@tanstack/react-router'
import { crumbsOf } from './crumbs.ts'
import c from './frame.module.css'

export function Breadcrumbs() {
  const pathname = useLocation({ select: (location) => location.pathname })
  const crumbs = crumbsOf(pathname)
  return (
    <nav className={c.crumbs} aria-label="Breadcrumb">
      <ol>
        {crumbs.map((crumb, i) => {
          const last = i === crumbs.length - 1
          const look = `${c.ellipsis} ${crumb.mono ? 'mono' : ''}`
          return (
            <li key={crumb.label} className={last ? undefined : c['only-wide']}>
              {crumb.to !== null && !last ? (
                <Link to={crumb.to} className={look}>
                  {crumb.label}
                </Link>
              ) : (
                <span className={look} title={crumb.label} {...(last ? { 'aria-current': 'page' } : {})}>
                  {crumb.label}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
