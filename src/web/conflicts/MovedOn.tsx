import c from './conflicts.module.css'

type Props = {
  readonly fields: readonly string[]
  /** Settling was refused for it. */
  readonly refused: boolean
}

/** A side has moved on since the choice: what is shown is new. */
export function MovedOn({ fields, refused }: Props) {
  if (fields.length === 0 && !refused) return null
  return (
    <p className={c.moved} role="alert">
      {refused
        ? 'Nothing was settled: a side moved on while you were choosing. These are the new versions. '
        : 'A side moved on while you were choosing. '}
      {fields.length > 0
        ? 'Choose again where it says so; your other choices stand.'
        : 'Your choices stand: look again, then settle.'}
    </p>
  )
}
