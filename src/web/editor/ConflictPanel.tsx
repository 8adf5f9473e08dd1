import { Button, Tooltip } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { isObject, type Json, type JsonObject } from '../../core/model/json.ts'
import { parsePointer } from '../../core/model/json-pointer.ts'
import type { Kind } from '../../core/model/kind.ts'
import type { Conflict } from '../../core/wire/plan.ts'
import { conflictsQuery, resolveConflict } from '../api/git.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'
import { NEEDS_EDITOR, useRights } from '../frame/use-workspace.ts'
import { pointerWords } from '../words/field-words.ts'
import c from './ConflictPanel.module.css'
import e from './editor.module.css'

type Props = { readonly ws: string; readonly kind: Kind; readonly slug: string }

/** A conflict, settled on the page of its resource: both sides by field, and a whole side is taken. */
export function ConflictPanel({ ws, kind, slug }: Props) {
  const client = useQueryClient()
  const rights = useRights()
  const { data } = useQuery(conflictsQuery(ws))
  const conflict = data?.items.find((one) => one.kind === kind && one.slug === slug)
  const settle = useMutation({
    mutationFn: ({ take, of }: { take: 'workspace' | 'git'; of: Conflict }) =>
      resolveConflict(ws, of.id, { take, ours: of.ours, theirs: of.theirs }),
    onSettled: () => client.invalidateQueries({ queryKey: ['ws', ws] }),
  })
  if (conflict === undefined) return null
  const take = (side: 'workspace' | 'git') => rights.edit && settle.mutate({ take: side, of: conflict })
  const blocked = rights.edit ? {} : { 'data-disabled': true, 'aria-disabled': true }
  return (
    <section className={e.banner} aria-label="Conflict">
      <h2>Changed here and in Git, differently</h2>
      <table className={c.table} aria-label="Differing fields">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Workspace</th>
            <th scope="col">Git</th>
          </tr>
        </thead>
        <tbody>
          {conflict.fields.map((pointer) => (
            <tr key={pointer}>
              <th scope="row">{pointerWords(pointer)}</th>
              <Value value={at(conflict.ours, pointer)} gone={conflict.ours === null} />
              <Value value={at(conflict.theirs, pointer)} gone={conflict.theirs === null} />
            </tr>
          ))}
        </tbody>
      </table>
      {settle.error && <ErrorNotice error={settle.error} />}
      <div className={f.buttons}>
        <Tooltip label={rights.edit ? 'Your version is committed over the one in Git' : NEEDS_EDITOR}>
          <Button
            onClick={() => take('workspace')}
            loading={settle.isPending && settle.variables.take === 'workspace'}
            {...blocked}
          >
            Take the workspace's version
          </Button>
        </Tooltip>
        <Tooltip label={rights.edit ? 'The version in Git replaces the one here' : NEEDS_EDITOR}>
          <Button
            onClick={() => take('git')}
            loading={settle.isPending && settle.variables.take === 'git'}
            {...blocked}
          >
            Take Git's version
          </Button>
        </Tooltip>
      </div>
    </section>
  )
}

function Value({ value, gone }: { readonly value: unknown; readonly gone: boolean }) {
  if (gone || value === undefined) {
    return (
      <td>
        <em>{gone ? 'deleted' : 'not set'}</em>
      </td>
    )
  }
  return (
    <td>
      <code className={c.value}>{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</code>
    </td>
  )
}

/** The value under a pointer, own properties only: keys come from files. */
function at(value: unknown, pointer: string): Json | undefined {
  return parsePointer(pointer).reduce<Json | undefined>(
    (here, part) => {
      if (Array.isArray(here)) return here[Number(part)]
      return isObject(here) && Object.hasOwn(here, part) ? here[part] : undefined
    },
    isObject(value) ? (value satisfies JsonObject) : undefined,
  )
}
