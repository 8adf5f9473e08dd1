import { Select } from '@mantine/core'
import type { RoleWire } from '../../core/wire/person.ts'

const ROLES: readonly { readonly value: RoleWire; readonly label: string }[] = [
  { value: 'viewer', label: 'Viewer: reads' },
  { value: 'editor', label: 'Editor: changes resources' },
  { value: 'admin', label: 'Admin: connections and members too' },
]

type Props = {
  readonly label: string
  readonly hideLabel?: boolean
  readonly value: RoleWire
  readonly disabled?: boolean
  readonly onChange: (role: RoleWire) => void
}

export function RoleSelect({ label, hideLabel = false, value, disabled = false, onChange }: Props) {
  return (
    <Select
      {...(hideLabel ? { 'aria-label': label } : { label })}
      data={[...ROLES]}
      {...(hideLabel ? { maw: 300 } : {})}
      value={value}
      disabled={disabled}
      onChange={(next) => {
        const role = ROLES.find((one) => one.value === next)?.value
        if (role !== undefined) onChange(role)
      }}
    />
  )
}
