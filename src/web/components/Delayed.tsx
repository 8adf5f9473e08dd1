import type { ReactNode } from 'react'
import c from './Delayed.module.css'

/** What stands in for content on its way: silent to screen readers but for one word, unseen for 300 ms. */
export function Delayed({ children }: { readonly children: ReactNode }) {
  return (
    <div className={c.delayed} role="status" aria-label="Loading">
      {children}
    </div>
  )
}
