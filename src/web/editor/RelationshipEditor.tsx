import { Radio } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type JsonObject, own } from '../../core/model/json.ts'
import type { SchemaModelKind } from '../../core/model/kind.ts'
import { listQuery, type Resource } from '../api/resources.ts'
import f from '../components/form.module.css'
import { useWorkspace } from '../frame/use-workspace.ts'
import { endSlug, nameOf, textOf } from '../words/resource-name.ts'
import { EditorShell } from './EditorShell.tsx'
import { EndFields } from './EndFields.tsx'
import { KeyPairs } from './KeyPairs.tsx'
import { MeasureKeys } from './MeasureKeys.tsx'
import { ModelSide } from './ModelSide.tsx'
import { missingWords } from './missing.ts'
import { CARDINALITIES, cardinalityWords, type End, measureOf } from './relationship.ts'
import { useDraft } from './use-draft.ts'

export type Joinable = {
  readonly kind: SchemaModelKind
  readonly slug: string
  readonly name: string
  readonly model: Resource
}

type Props = { readonly resource: Resource | null; readonly blank: JsonObject }

/** Two ends, how many on each, and the columns that join them. */
export function RelationshipEditor({ resource, blank }: Props) {
  const ws = useWorkspace()
  const draft = useDraft(resource, blank)
  const models = useJoinable(ws)
  const of = (end: End) => models.find((model) => model.slug === endSlug(draft.value, end))
  const [from, to] = [of('from'), of('to')]
  const [fromName, toName] = [from?.name ?? 'the first model', to?.name ?? 'the second model']
  const through = own(draft.value, 'through')
  const ask = from && to ? measureOf(draft.value, from, to) : null
  const form = (
    <>
      <section className={f.section}>
        <h2>What it joins</h2>
        <EndFields draft={draft} end="from" label="From model" models={models} other={toName} />
        <EndFields draft={draft} end="to" label="To model" models={models} other={fromName} />
      </section>
      <section className={f.section}>
        <h2>Key pairs</h2>
        {Array.isArray(through) ? (
          <p className={f.hint}>
            Joined through the relationships <code>{through.join(', ')}</code>, so it needs no columns of its
            own.
          </p>
        ) : (
          <KeyPairs ws={ws} draft={draft} isNew={resource === null} from={from} to={to} />
        )}
      </section>
      <section className={f.section}>
        <Radio.Group
          label="Cardinality"
          value={textOf(draft.value, 'cardinality')}
          onChange={(value) => draft.set('cardinality', value)}
        >
          <div className={f.choices}>
            {CARDINALITIES.map((cardinality) => {
              const { title, means } = cardinalityWords(cardinality, fromName, toName)
              return (
                <Radio
                  key={cardinality}
                  value={cardinality}
                  label={title}
                  description={means}
                  className={f.choice}
                />
              )
            })}
          </div>
        </Radio.Group>
      </section>
      {!Array.isArray(through) && <MeasureKeys ws={ws} ask={ask} names={{ from: fromName, to: toName }} />}
    </>
  )
  return (
    <EditorShell
      kind="model-relationships"
      resource={resource}
      draft={draft}
      missing={missingWords('model-relationships', draft.value)}
      shownKeys={['from', 'to', 'mapping']}
      form={form}
      side={<ModelSide ws={ws} kind="model-relationships" resource={resource} draft={draft} live={null} />}
    />
  )
}

function useJoinable(ws: string): readonly Joinable[] {
  const parents = useQuery(listQuery(ws, 'parent-models')).data ?? []
  const related = useQuery(listQuery(ws, 'related-models')).data ?? []
  const events = useQuery(listQuery(ws, 'event-models')).data ?? []
  const all = (kind: SchemaModelKind, models: readonly Resource[]) =>
    models.map((model): Joinable => ({ kind, slug: model.slug, name: nameOf(kind, model), model }))
  return [...all('parent-models', parents), ...all('related-models', related), ...all('event-models', events)]
}
