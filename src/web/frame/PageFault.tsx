import { ErrorNotice } from '../components/ErrorNotice.tsx'
import c from './frame.module.css'

export function PageFault({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return (
    <div className={c.page}>
      <ErrorNotice error={error} onRetry={reset} />
    </div>
  )
}
