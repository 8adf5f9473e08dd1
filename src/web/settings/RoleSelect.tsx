import { Select } from '@mantine/core'
import type { RoleWire } from '../../core/wire/person.ts'
import c from './people.module.css'

export const ROLE_WORDS: Readonly<Record<RoleWire, string>> = {
  viewer: 'Viewer',
  editor: 'Editor',
  admin: 'Admin',
}
const MAY: Readonly<Record<RoleWire, string>> = {
  viewer: 'reads',
  editor: 'changes resources',
  admin: 'connections and members too',
}
const ROLES: readonly RoleWire[] = ['viewer', 'editor', 'admin']

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
      {...(hideLabel ? { 'aria-label': label, className: c.role ?? '' } : { label })}
      data={ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role] }))}
      renderOption={({ option }) => {
        const role = ROLES.find((one) => one === option.value) ?? 'viewer'
        return (
          <div className={c.option}>
            {ROLE_WORDS[role]}
            <span>{MAY[role]}</span>
          </div>
        )
      }}
      comboboxProps={{ width: 232, position: 'bottom-start' }}
      value={value}
      disabled={disabled}
      allowDeselect={false}
      onChange={(next) => {
        const role = ROLES.find((one) => one === next)
        if (role !== undefined) onChange(role)
      }}
    />
  )
}
