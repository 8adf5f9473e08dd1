import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useRef } from 'react'
import type { JsonObject } from '../../core/model/json.ts'
import { KIND_WORDS, type Kind } from '../../core/model/kind.ts'
import { useNames } from '../api/names.ts'
import {
  createResource,
  listQuery,
  type Resource,
  resourceQuery,
  saveResource,
  valueIn,
  withSaved,
} from '../api/resources.ts'
import { NEEDS_EDITOR, useRights, useWorkspace } from '../frame/use-workspace.ts'
import { useFileFault } from '../git/use-file-fault.ts'
import { paths } from '../paths.ts'
import { changeWords } from '../words/change-words.ts'
import { nameOf } from '../words/resource-name.ts'
import { ConflictPanel } from './ConflictPanel.tsx'
import { EditorHead } from './EditorHead.tsx'
import c from './editor.module.css'
import { FaultBanner } from './FaultBanner.tsx'
import { barError, FieldErrorsContext, fieldErrorsOf } from './field-errors.ts'
import { LeaveGuard } from './LeaveGuard.tsx'
import { MeanwhileBanner } from './MeanwhileBanner.tsx'
import { SaveBar } from './SaveBar.tsx'
import type { Draft } from './use-draft.ts'

type Props = {
  readonly kind: Kind
  /** Null: a new one. */
  readonly resource: Resource | null
  readonly draft: Draft
  /** Why it cannot be saved yet. */
  readonly missing: string | null
  /** The top-level keys that the form shows with their errors. */
  readonly shownKeys: readonly string[]
  readonly form: ReactNode
  /** Beside the form; absent where there is nothing to show. */
  readonly side?: ReactNode
  /** Another shape of the value for the server (write-only secrets). */
  readonly toBody?: (value: JsonObject) => JsonObject
}

/** What every editor has: head, conflict, form and side, save bar, and the guard against losing changes. */
export function EditorShell({
  kind,
  resource,
  draft,
  missing,
  shownKeys,
  form,
  side,
  toBody = (value) => value,
}: Props) {
  const ws = useWorkspace()
  const rights = useRights()
  const client = useQueryClient()
  const navigate = useNavigate()
  const leaving = useRef(false)
  const fault = useFileFault(ws, kind, resource?.slug ?? null)
  const save = useMutation({
    mutationFn: () =>
      resource === null
        ? createResource(ws, kind, toBody(draft.value))
        : saveResource(ws, kind, resource.slug, draft.revision ?? resource.revision, toBody(draft.value)),
    onSuccess: async (saved) => {
      client.setQueryData(resourceQuery(ws, kind, saved.slug).queryKey, saved)
      // At once: a form that opens next chooses among what is there, such as the source just made.
      client.setQueryData(listQuery(ws, kind).queryKey, (list) => list && withSaved(list, saved))
      void client.invalidateQueries({ queryKey: ['ws', ws, kind] })
      if (resource === null) {
        leaving.current = true
        await navigate({ to: paths.resource(ws, kind, saved.slug), replace: true })
      } else draft.discard()
    },
    // A refused revision: reading again brings what is saved now, and the banner says what that changed.
    onError: () =>
      resource !== null && client.invalidateQueries({ queryKey: ['ws', ws, kind, 'one', resource.slug] }),
  })
  const atFields = fieldErrorsOf(save.error, shownKeys)
  const blocked = !rights.edit
    ? NEEDS_EDITOR
    : missing !== null
      ? missing
      : draft.meanwhile !== null
        ? 'First say above what to do with the change made meanwhile'
        : null
  const names = useNames(ws, kind)
  const name = resource === null ? `New ${KIND_WORDS[kind]}` : nameOf(kind, resource, names)
  const leave = () => {
    if (resource === null) return void navigate({ to: paths.list(ws, kind) })
    draft.discard()
    save.reset()
  }
  return (
    <FieldErrorsContext value={atFields}>
      <div className={c.editor}>
        <title>{`${name} · Tandem`}</title>
        <div className={c.head}>
          <EditorHead ws={ws} kind={kind} name={name} resource={resource} fault={fault} leaving={leaving} />
          <div className={c.banners}>
            {fault !== null && <FaultBanner ws={ws} fault={fault} />}
            {resource?.git.state === 'conflict' && <ConflictPanel ws={ws} kind={kind} slug={resource.slug} />}
            {resource !== null && draft.meanwhile !== null && (
              <MeanwhileBanner
                kind={kind}
                meanwhile={draft.meanwhile}
                before={draft.base}
                now={valueIn(resource)}
                onKeepMine={draft.rebase}
                onTakeTheirs={draft.discard}
              />
            )}
          </div>
        </div>
        <div className={c.body} {...(side === undefined ? { 'data-alone': true } : {})}>
          <form aria-label={KIND_WORDS[kind]} onSubmit={(event) => event.preventDefault()}>
            {form}
          </form>
          {side !== undefined && (
            <aside className={c.side} aria-label="Details">
              {side}
            </aside>
          )}
        </div>
        {(draft.dirty || resource === null) && (
          <SaveBar
            words={
              resource === null
                ? (missing ?? `A new ${KIND_WORDS[kind]}, ready to create`)
                : changeWords(draft.base, draft.value)
            }
            saveLabel={resource === null ? `Create ${KIND_WORDS[kind]}` : 'Save'}
            discardLabel={resource === null ? 'Cancel' : 'Discard'}
            saving={save.isPending}
            error={barError(save.error, atFields)}
            blocked={blocked}
            onSave={() => save.mutate()}
            onDiscard={leave}
          />
        )}
        <LeaveGuard dirty={draft.dirty} leaving={leaving} />
      </div>
    </FieldErrorsContext>
  )
}
