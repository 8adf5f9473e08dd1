import type { JsonObject } from '../../core/model/json.ts'
import type { FileKind } from '../../core/model/kind.ts'
import type { Resource } from '../api/resources.ts'
import f from '../components/form.module.css'
import { useWorkspace } from '../frame/use-workspace.ts'
import { EditorShell } from './EditorShell.tsx'
import { ModelSide } from './ModelSide.tsx'
import { missingWords } from './missing.ts'
import { QueryFields } from './QueryFields.tsx'
import { SourceField } from './SourceField.tsx'
import { TextField } from './TextField.tsx'
import { useDraft } from './use-draft.ts'
import { useModelQuery } from './use-model-query.ts'

export type ModelEditorKind = 'models' | 'parent-models' | 'related-models' | 'event-models'
type Props = {
  readonly kind: ModelEditorKind & FileKind
  readonly resource: Resource | null
  readonly blank: JsonObject
}

const SHOWN = [
  'name',
  'description',
  'source',
  'tableName',
  'rawSql',
  'dbtModel',
  'customQuery',
  'primaryKey',
  'primaryLabel',
  'secondaryLabel',
  'eventTimestampColumn',
]

/** Parent, related, event and general models: in the order of thinking, with live rows beside (W2). */
export function ModelEditor({ kind, resource, blank }: Props) {
  const ws = useWorkspace()
  const draft = useDraft(resource, blank)
  const live = useModelQuery(ws, kind, resource, draft.value)
  const columns = live.columns.map((column) => column.name)
  const form = (
    <>
      <section className={f.section}>
        <TextField draft={draft} name="name" label="Name" autoFocus={resource === null} />
        <TextField draft={draft} name="description" label="Description" optional lines={2} />
      </section>
      <section className={f.section}>
        <h2>Where it comes from</h2>
        <SourceField ws={ws} draft={draft} kind="sources" label="Source" />
        <QueryFields draft={draft} live={live} />
      </section>
      {kind === 'event-models' && (
        <section className={f.section}>
          <h2>When it happened</h2>
          <TextField
            draft={draft}
            name="eventTimestampColumn"
            label="Timestamp column"
            choices={timestampsFirst(live.columns)}
            placeholder="Choose or type a column"
            mono
          />
        </section>
      )}
      {(kind === 'parent-models' || kind === 'models') && (
        <section className={f.section}>
          <h2>What identifies a row</h2>
          <TextField
            draft={draft}
            name="primaryKey"
            label="Primary key"
            choices={columns}
            placeholder="Choose or type a column"
            mono
          />
        </section>
      )}
      {kind === 'parent-models' && (
        <section className={f.section}>
          <h2>How it is shown</h2>
          <div className={f.pair}>
            <TextField
              draft={draft}
              name="primaryLabel"
              label="Primary label"
              choices={columns}
              optional
              mono
            />
            <TextField
              draft={draft}
              name="secondaryLabel"
              label="Secondary label"
              choices={columns}
              optional
              mono
            />
          </div>
        </section>
      )}
    </>
  )
  return (
    <EditorShell
      kind={kind}
      resource={resource}
      draft={draft}
      missing={missingWords(kind, draft.value)}
      shownKeys={SHOWN}
      form={form}
      side={<ModelSide ws={ws} kind={kind} resource={resource} draft={draft} live={live} />}
    />
  )
}

/** Columns that hold a moment stand first: they are what an event's time is picked from. */
function timestampsFirst(columns: readonly { readonly name: string; readonly type: string }[]): string[] {
  const isTime = (type: string) => /time|date/i.test(type)
  return columns
    .toSorted((a, b) => Number(isTime(b.type)) - Number(isTime(a.type)))
    .map((column) => column.name)
}
