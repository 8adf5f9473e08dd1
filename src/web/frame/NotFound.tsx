import { Link } from '@tanstack/react-router'
import { EmptyState } from '../components/EmptyState.tsx'
import { paths } from '../paths.ts'
import c from './frame.module.css'

export function NotFound() {
  return (
    <div className={c.page}>
      <EmptyState
        action={
          <Link to={paths.home} className="link">
            Go to the schema
          </Link>
        }
      >
        There is no page at this address. It may have been deleted or renamed.
      </EmptyState>
    </div>
  )
}
