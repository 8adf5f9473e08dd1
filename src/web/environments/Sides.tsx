import { Select } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import c from './environments.module.css'

type Props = { readonly slugs: readonly string[]; readonly from: string; readonly to: string }

/** Which two workspaces; kept in the URL. */
export function Sides({ slugs, from, to }: Props) {
  return (
    <div className={c.sides}>
      <Side label="From" slugs={slugs} value={from} of={(slug) => ({ from: slug, to })} />
      <Side label="To" slugs={slugs} value={to} of={(slug) => ({ from, to: slug })} />
    </div>
  )
}

type SideProps = {
  readonly label: string
  readonly slugs: readonly string[]
  readonly value: string
  readonly of: (slug: string) => { readonly from: string; readonly to: string }
}

function Side({ label, slugs, value, of }: SideProps) {
  const navigate = useNavigate()
  return (
    <Select
      label={label}
      data={[...slugs]}
      value={value}
      allowDeselect={false}
      onChange={(slug) => slug !== null && void navigate({ to: '.', search: of(slug), replace: true })}
    />
  )
}
