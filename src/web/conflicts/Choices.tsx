import type { ReactNode } from 'react'
import c from './conflicts.module.css'

type Props = {
  /** Of the choice as a whole: its radios are one group. */
  readonly id: string
  readonly chosen: boolean
  readonly disabled: boolean
  readonly onChoose: () => void
}

/** One side, to be chosen with a click anywhere on it, or by the arrow keys. */
export function Card({
  label,
  children,
  id,
  chosen,
  disabled,
  onChoose,
}: Props & { readonly label: string; readonly children: ReactNode }) {
  return (
    <label className={c.card} {...(chosen ? { 'data-chosen': true } : {})}>
      <span className={c.pick}>
        <input
          type="radio"
          className={c.radio}
          name={id}
          checked={chosen}
          disabled={disabled}
          onChange={onChoose}
        />
        {label}
      </span>
      {children}
    </label>
  )
}

export function HandChoice({ id, chosen, disabled, onChoose }: Props) {
  return (
    <label className={c.hand}>
      <input
        type="radio"
        className={c.radio}
        name={id}
        checked={chosen}
        disabled={disabled}
        onChange={onChoose}
      />
      Write it by hand
    </label>
  )
}
