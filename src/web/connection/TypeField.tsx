import { Select } from '@mantine/core'
import { useState } from 'react'
import type { Draft } from '../editor/use-draft.ts'
import { textOf } from '../words/resource-name.ts'
import { typeChoices } from './connection-types.ts'
import { retyped } from './connection-value.ts'

type Props = { readonly draft: Draft; readonly kind: 'sources' | 'destinations' }

/** A type by its name; any other word may be chosen too, for no list knows every warehouse. */
export function TypeField({ draft, kind }: Props) {
  const type = textOf(draft.value, 'type')
  const [typed, setTyped] = useState('')
  return (
    <Select
      label="Type"
      placeholder="Choose a type"
      data={typeChoices(kind, type, typed)}
      value={type === '' ? null : type}
      onChange={(next) => draft.change((value) => retyped(value, next ?? '', draft.base))}
      searchable
      onSearchChange={setTyped}
      allowDeselect={false}
    />
  )
}
