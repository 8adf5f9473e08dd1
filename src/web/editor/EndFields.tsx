import { Checkbox, Select, TextInput } from '@mantine/core'
import { own } from '../../core/model/json.ts'
import { SCHEMA_MODEL_KINDS } from '../../core/model/kind.ts'
import f from '../components/form.module.css'
import { textOf } from '../words/resource-name.ts'
import { useFieldError } from './field-errors.ts'
import type { Joinable } from './RelationshipEditor.tsx'
import c from './relationship.module.css'
import { type End, endOf, withEnd } from './relationship.ts'
import type { Draft } from './use-draft.ts'

const GROUPS = {
  'parent-models': 'Parent models',
  'related-models': 'Related models',
  'event-models': 'Event models',
} as const

type Props = {
  readonly draft: Draft
  readonly end: End
  readonly label: string
  readonly models: readonly Joinable[]
  readonly other: string
}

export function EndFields({ draft, end, label, models, other }: Props) {
  const error = useFieldError(end)
  const value = endOf(draft.value, end)
  const slug = textOf(value, 'slug')
  const name = models.find((model) => model.slug === slug)?.name ?? 'this model'
  const data = SCHEMA_MODEL_KINDS.map((kind) => ({
    group: GROUPS[kind],
    items: models
      .filter((model) => model.kind === kind)
      .map((model) => ({ value: model.slug, label: model.name })),
  })).filter((group) => group.items.length > 0)
  return (
    <div className={c.end}>
      <Select
        label={label}
        placeholder="Choose a model"
        data={data}
        value={slug === '' ? null : slug}
        onChange={(next) => draft.change((now) => withEnd(now, end, 'slug', next ?? ''))}
        error={error ?? null}
        searchable
        nothingFoundMessage="No model is called that."
      />
      <div className={f.pair}>
        <TextInput
          label={end === 'from' ? 'Name of the relationship' : 'Name in reverse'}
          description={end === 'from' ? `How ${name} calls it` : `How ${name} calls it; empty: not exposed`}
          value={textOf(value, 'relationshipName')}
          onChange={(event) => {
            const typed = event.currentTarget.value
            draft.change((now) => withEnd(now, end, 'relationshipName', typed === '' ? undefined : typed))
          }}
        />
        <Checkbox
          className={c.beside ?? ''}
          label="Merge columns"
          description={`Columns of ${other} show as columns of ${name}`}
          checked={own(value, 'mergeColumns') === true}
          onChange={(event) => {
            const checked = event.currentTarget.checked
            draft.change((now) => withEnd(now, end, 'mergeColumns', checked))
          }}
        />
      </div>
    </div>
  )
}
