import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AliasTable, RenamedAlias } from '../../core/wire/environments.ts'
import { renameAlias } from '../api/environments.ts'
import { Coded } from '../components/Coded.tsx'
import { DialogForm } from '../components/DialogForm.tsx'
import f from '../components/form.module.css'
import { paths } from '../paths.ts'
import { count } from '../words/count.ts'
import c from './environments.module.css'

type Row = Pick<AliasTable['rows'][number], 'section' | 'name' | 'files'>
type Props = {
  readonly ws: string
  readonly file: string
  /** Null: closed. */
  readonly row: Row | null
  readonly onClose: () => void
}

/** Another name for an alias, in every file at once; then what other branches need of it. */
export function RenameAlias({ row, onClose, ...rest }: Props) {
  return (
    <Modal opened={row !== null} onClose={onClose} title={row === null ? '' : `Rename alias ${row.name}`}>
      {row !== null && <Steps {...rest} row={row} onClose={onClose} />}
    </Modal>
  )
}

function Steps({ ws, file, row, onClose }: Omit<Props, 'row'> & { readonly row: Row }) {
  const client = useQueryClient()
  const [name, setName] = useState(row.name)
  const [addIn, setAddIn] = useState<RenamedAlias['addIn']>([])
  const to = name.trim()
  const rename = useMutation({
    mutationFn: () => renameAlias(ws, { section: row.section, from: row.name, to, waitSeconds: 60 }),
    onSuccess: async (renamed) => {
      if (renamed.run.error !== null) return
      await client.invalidateQueries({ queryKey: ['ws'] })
      if (renamed.addIn.length === 0) onClose()
      else setAddIn(renamed.addIn)
    },
  })
  const failure = rename.data?.run.error
  if (addIn.length > 0) return <ToAdd addIn={addIn} from={row.name} onClose={onClose} />
  return (
    <DialogForm word="Rename alias" ready={to !== '' && to !== row.name} action={rename} onCancel={onClose}>
      <p>
        One commit changes <code>{file}</code>
        {row.files > 0 && `, ${count(row.files, 'file')} of this workspace`} and the alias files of the
        workspaces that share this branch and path. Everything means what it meant.
      </p>
      <TextInput
        label="New name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        data-autofocus
      />
      {failure && (
        <p role="alert" className={c.problem}>
          <Coded text={`${failure.message} ${failure.hint ?? ''}`} />
        </p>
      )}
    </DialogForm>
  )
}

function ToAdd({
  addIn,
  from,
  onClose,
}: Pick<RenamedAlias, 'addIn'> & { from: string; onClose: () => void }) {
  return (
    <div className={f.stack}>
      <p>
        <code>{from}</code> is renamed. These workspaces read the files from a branch of their own: add the
        name there before the files arrive, and keep <code>{from}</code> until they have.
      </p>
      <ul>
        {addIn.map(({ workspace, branch, file, name, slug }) => (
          <li key={workspace}>
            <p>
              <Link to={paths.aliases(workspace)} className="link">
                Aliases of {workspace}
              </Link>
            </p>
            <p>
              <code>{`${name}: ${slug}`}</code> in <code>{file}</code> on the branch {branch}
            </p>
          </li>
        ))}
      </ul>
      <div className={f.buttons}>
        <Button variant="filled" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}
