import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { sameJson } from '../../core/model/json.ts'
import type { AliasTable } from '../../core/wire/environments.ts'
import type { AliasesWire } from '../../core/wire/git.ts'
import { getAliases, putAliases } from '../api/doctor.ts'
import { aliasTableQuery } from '../api/environments.ts'
import { Coded } from '../components/Coded.tsx'
import { EmptyState } from '../components/EmptyState.tsx'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { AliasRows } from '../environments/AliasRows.tsx'
import { lintDraft } from '../environments/alias-draft.ts'
import c from '../environments/environments.module.css'
import { NewAlias } from '../environments/NewAlias.tsx'
import { RenameAlias } from '../environments/RenameAlias.tsx'
import { Page } from '../frame/Page.tsx'
import { useRights, useWorkspace } from '../frame/use-workspace.ts'
import { count } from '../words/count.ts'

/** What the names in the shared files mean: here to be edited, in the other workspaces to be seen (W7). */
export function AliasesPage() {
  const ws = useWorkspace()
  const table = useQuery(aliasTableQuery(ws))
  const [renamed, setRenamed] = useState<AliasRow | null>(null)
  const aliases = useQuery({ queryKey: ['ws', ws, 'aliases'], queryFn: () => getAliases(ws) })
  return (
    <Page title="Aliases">
      <PageHeader
        title="Aliases"
        lead="Files name a source or destination once for all workspaces; each says in its alias file what the name means there."
      />
      <Loaded query={table} skeleton={<RowsSkeleton rows={5} />}>
        {(known) => (
          <Loaded query={aliases} skeleton={<RowsSkeleton rows={5} />}>
            {(saved) => (
              <Editor key={JSON.stringify(saved)} ws={ws} table={known} saved={saved} onRename={setRenamed} />
            )}
          </Loaded>
        )}
      </Loaded>
      <RenameAlias ws={ws} file={table.data?.file ?? ''} row={renamed} onClose={() => setRenamed(null)} />
    </Page>
  )
}

type AliasRow = AliasTable['rows'][number]
type Props = {
  readonly ws: string
  readonly table: AliasTable
  readonly saved: AliasesWire
  readonly onRename: (row: AliasRow) => void
}

function Editor({ ws, table, saved, onRename }: Props) {
  const rights = useRights()
  const client = useQueryClient()
  const [draft, setDraft] = useState(saved)
  const save = useMutation({
    mutationFn: () => putAliases(ws, draft),
    onSuccess: () => client.invalidateQueries({ queryKey: ['ws'] }),
  })
  const problems = lintDraft(draft, table)
  const isEmpty = table.rows.length === 0 && sameJson(draft, { sources: {}, destinations: {} })
  return (
    <>
      <section className={c.section} aria-label="Names">
        {isEmpty ? (
          <EmptyState>
            Every name in the files is the slug of a source or destination here. An alias is needed once
            another workspace calls it by another slug.
          </EmptyState>
        ) : (
          <AliasRows
            table={table}
            draft={draft}
            problems={problems}
            mayEdit={rights.edit}
            onChange={setDraft}
            onRename={sameJson(draft, saved) ? onRename : null}
          />
        )}
        {rights.edit && <NewAlias table={table} draft={draft} onChange={setDraft} />}
        {save.error && <ErrorNotice error={save.error} />}
        {!sameJson(draft, saved) && (
          <div className={c.act}>
            <p>
              One commit changes <code>{table.file}</code>; what its lines now mean is planned as changes.
            </p>
            <Button onClick={() => setDraft(saved)}>Discard</Button>
            <Button variant="filled" loading={save.isPending} onClick={() => save.mutate()}>
              Save aliases
            </Button>
          </div>
        )}
      </section>
      {table.pending.length > 0 && (
        <section className={c.section} aria-label="Waiting">
          <h2>{count(table.pending.length, 'file')} waiting for a name</h2>
          <ul className={c.pairs}>
            {table.pending.map(({ path, reason }) => (
              <li key={path}>
                <code>{path}</code>: <Coded text={reason} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
