import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { withKey } from '../../core/model/json.ts'
import type { AliasTable } from '../../core/wire/environments.ts'
import type { AliasesWire } from '../../core/wire/git.ts'
import c from './environments.module.css'

type Props = {
  readonly table: AliasTable
  readonly draft: AliasesWire
  readonly onChange: (draft: AliasesWire) => void
}

/** A name that no file has yet. */
export function NewAlias({ table, draft, onChange }: Props) {
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const choices = (['sources', 'destinations'] as const).flatMap((section) =>
    table.choices[section].map((one) => ({ section, ...one })),
  )
  const add = () => {
    const choice = choices.find((one) => `${one.section} ${one.slug}` === chosen)
    if (choice === undefined || name.trim() === '') return
    const { section, slug } = choice
    onChange({ ...draft, [section]: withKey(draft[section], name.trim(), slug) } as AliasesWire) // withKey keeps texts texts
    setName('')
    setChosen(null)
  }
  return (
    <div className={c.tools}>
      <TextInput
        aria-label="Name of a new alias"
        placeholder="Name of a new alias"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        aria-label="What the new alias means"
        placeholder="Choose what it means"
        data={choices.map((one) => ({
          value: `${one.section} ${one.slug}`,
          label: `${one.name} (${one.slug})`,
        }))}
        value={chosen}
        onChange={setChosen}
        searchable
      />
      <Button onClick={add} disabled={name.trim() === '' || chosen === null}>
        Add alias
      </Button>
    </div>
  )
}
