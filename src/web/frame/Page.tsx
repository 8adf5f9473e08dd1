import type { ReactNode } from 'react'
import c from './frame.module.css'

/** The padding and width of an ordinary page; canvas and editors use the whole room instead. */
export function Page({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className={c.page}>
      <title>{`${title} · Tandem`}</title>
      {children}
    </div>
  )
}
