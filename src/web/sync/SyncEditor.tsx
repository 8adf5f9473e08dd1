import { Select, Switch } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { type JsonObject, own } from '../../core/model/json.ts'
import { MODEL_KINDS } from '../../core/model/kind.ts'
import type { SavedQuery } from '../../core/wire/source.ts'
import { listQuery, type Resource } from '../api/resources.ts'
import { columnsQuery } from '../api/sources.ts'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import f from '../components/form.module.css'
import { EditorShell } from '../editor/EditorShell.tsx'
import { useFieldError } from '../editor/field-errors.ts'
import { ModelSide } from '../editor/ModelSide.tsx'
import { missingWords } from '../editor/missing.ts'
import { queryOfModel } from '../editor/relationship.ts'
import { SourceField } from '../editor/SourceField.tsx'
import { TextField } from '../editor/TextField.tsx'
import { type Draft, useDraft } from '../editor/use-draft.ts'
import { useWorkspace } from '../frame/use-workspace.ts'
import { nameOf, textOf } from '../words/resource-name.ts'
import { ConfigFields } from './ConfigFields.tsx'
import { ScheduleFields } from './ScheduleFields.tsx'

type Props = { readonly resource: Resource | null; readonly blank: JsonObject }

/** From a model to a destination: what goes where, and when. */
export function SyncEditor({ resource, blank }: Props) {
  const ws = useWorkspace()
  const draft = useDraft(resource, blank)
  const models = useModels(ws)
  const destinations = useQuery(listQuery(ws, 'destinations'))
  const model = models.find((one) => one.slug === textOf(draft.value, 'model'))
  const destination = destinations.data?.find((one) => one.slug === textOf(draft.value, 'destination'))
  const columns = useModelColumns(ws, model)
  const form = (
    <>
      <section className={f.section}>
        <h2>What goes where</h2>
        <ModelField draft={draft} models={models} />
        <SourceField ws={ws} draft={draft} kind="destinations" label="Destination" />
        <TextField draft={draft} name="description" label="Description" optional lines={2} />
      </section>
      <section className={f.section}>
        <h2>Configuration</h2>
        {destinations.isPending ? (
          <FormSkeleton fields={2} />
        ) : (
          <ConfigFields
            draft={draft}
            destinationType={destination === undefined ? '' : textOf(destination, 'type')}
            columns={columns}
          />
        )}
      </section>
      <section className={f.section}>
        <h2>When it runs</h2>
        <ScheduleFields draft={draft} />
        <Switch
          label="Schedule paused"
          checked={own(draft.value, 'schedulePaused') === true}
          onChange={(event) => draft.set('schedulePaused', event.currentTarget.checked)}
        />
      </section>
    </>
  )
  return (
    <EditorShell
      kind="syncs"
      resource={resource}
      draft={draft}
      missing={missingWords('syncs', draft.value)}
      shownKeys={['model', 'destination', 'description', 'config', 'schedule']}
      form={form}
      side={<ModelSide ws={ws} kind="syncs" resource={resource} draft={draft} live={null} />}
    />
  )
}

type Choice = {
  readonly kind: SavedQuery['kind']
  readonly slug: string
  readonly label: string
  readonly model: Resource
}

function ModelField({ draft, models }: { readonly draft: Draft; readonly models: readonly Choice[] }) {
  const error = useFieldError('model')
  const slug = textOf(draft.value, 'model')
  const known = [...new Map(models.map((one) => [one.slug, { value: one.slug, label: one.label }])).values()]
  const data =
    slug === '' || known.some((one) => one.value === slug)
      ? known
      : [...known, { value: slug, label: `${slug} (unknown here)` }]
  return (
    <Select
      label="Model"
      placeholder="Choose a model"
      data={data}
      value={slug === '' ? null : slug}
      onChange={(next) => draft.set('model', next ?? '')}
      error={error ?? null}
      searchable
      nothingFoundMessage="No model is called that."
    />
  )
}

/** A general model comes before one of the schema with the same slug (F21). */
function useModels(ws: string): readonly Choice[] {
  const lists = useQueries({ queries: MODEL_KINDS.map((kind) => listQuery(ws, kind)) })
  return lists.flatMap((list, i) => {
    const kind = MODEL_KINDS[i]
    return kind === undefined
      ? []
      : (list.data ?? []).map((model) => ({ kind, slug: model.slug, label: nameOf(kind, model), model }))
  })
}

function useModelColumns(ws: string, choice: Choice | undefined): readonly string[] {
  const query = choice === undefined ? null : queryOfModel(choice.model)
  const source = choice === undefined ? '' : textOf(choice.model, 'source')
  const columns = useQuery({
    ...columnsQuery(
      ws,
      source,
      query ?? { type: 'table', tableName: '' },
      choice === undefined ? null : { type: 'saved', kind: choice.kind, slug: choice.slug },
    ),
    enabled: query !== null && source !== '',
  })
  return query === null ? [] : [...new Set(columns.data?.columns.map((column) => column.name) ?? [])]
}
