import type { ReactNode } from 'react'
import c from './Facts.module.css'

export type Fact = { readonly label: string; readonly value: ReactNode }

/** Names and values, two columns where there is room. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={c.facts}>
      {facts.map((fact) => (
        <div key={fact.label} className={c.fact}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
