import { Select } from '@mantine/core'
import { useState } from 'react'
import { withKey } from '../../core/model/json.ts'
import type { DoctorMend } from '../../core/wire/doctor.ts'
import { getAliases, putAliases } from '../api/doctor.ts'
import { NEEDS_EDITOR, useRights } from '../frame/use-workspace.ts'
import c from './checklist.module.css'
import { MendButton } from './MendButton.tsx'

type Props = { readonly ws: string; readonly mend: Extract<DoctorMend, { kind: 'add-alias' }> }

/** What the name is to mean here: the likely slug is chosen already. */
export function AddAlias({ ws, mend: { section, name, proposed, slugs } }: Props) {
  const rights = useRights()
  const [slug, setSlug] = useState(proposed)
  const missing = slug === null ? 'Choose what the name stands for here.' : null
  return (
    <div className={c.alias}>
      <Select
        aria-label={`What ${name} stands for`}
        placeholder="Choose a slug"
        size="xs"
        data={[...slugs]}
        value={slug}
        onChange={setSlug}
        searchable
        nothingFoundMessage="Nothing here is called that."
      />
      <MendButton
        label="Add alias"
        fullLabel={`Add alias ${name}`}
        refused={rights.edit ? missing : NEEDS_EDITOR}
        run={async () => {
          if (slug === null) return
          const aliases = await getAliases(ws)
          await putAliases(ws, { ...aliases, [section]: withKey(aliases[section], name, slug) })
        }}
      />
    </div>
  )
}
