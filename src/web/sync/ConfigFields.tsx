import { SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { isObject, type JsonObject, own } from '../../core/model/json.ts'
import f from '../components/form.module.css'
import { JsonField } from '../editor/JsonField.tsx'
import type { Draft } from '../editor/use-draft.ts'
import { textOf } from '../words/resource-name.ts'
import { type ConfigField, configForm, fits, withConfig } from './config-form.ts'
import { MappingRows } from './MappingRows.tsx'

type Props = { readonly draft: Draft; readonly destinationType: string; readonly columns: readonly string[] }

/** A form for the destinations that have one, and for all of them the JSON as it is. */
export function ConfigFields({ draft, destinationType, columns }: Props) {
  const [asJson, setAsJson] = useState(false)
  const found = own(draft.value, 'config')
  const config: JsonObject = isObject(found) ? found : {}
  const form = configForm(destinationType)
  const usable = form !== null && fits(form, config)
  const set = (next: JsonObject) => draft.set('config', next)
  return (
    <>
      {usable && (
        <div>
          <SegmentedControl
            aria-label="Edit the configuration as"
            data={[
              { value: 'form', label: 'Form' },
              { value: 'json', label: 'JSON' },
            ]}
            value={asJson ? 'json' : 'form'}
            onChange={(value) => setAsJson(value === 'json')}
          />
        </div>
      )}
      {usable && !asJson ? (
        <>
          {form.fields.map((field) => (
            <OneField key={field.key} field={field} config={config} onChange={set} />
          ))}
          {form.mappings && <MappingRows config={config} columns={columns} onChange={set} />}
        </>
      ) : (
        <>
          {form === null && destinationType !== '' && (
            <p className={f.hint}>
              Destinations of type <code>{destinationType}</code> are configured as JSON.
            </p>
          )}
          <JsonField draft={draft} name="config" label="Configuration" />
        </>
      )}
    </>
  )
}

type FieldProps = {
  readonly field: ConfigField
  readonly config: JsonObject
  readonly onChange: (config: JsonObject) => void
}

function OneField({ field, config, onChange }: FieldProps) {
  switch (field.kind) {
    case 'text':
      return (
        <TextInput
          label={field.label}
          description={field.description ?? null}
          value={textOf(config, field.key)}
          onChange={(event) => onChange(withConfig(config, field.key, event.currentTarget.value))}
        />
      )
    case 'choice': {
      const value = textOf(config, field.key)
      const known = field.choices.some((choice) => choice.value === value) || value === ''
      return (
        <Select
          label={field.label}
          data={known ? [...field.choices] : [...field.choices, { value, label: value }]}
          value={value === '' ? null : value}
          onChange={(next) => onChange(withConfig(config, field.key, next ?? ''))}
        />
      )
    }
    case 'flag':
      return (
        <Switch
          label={field.label}
          checked={own(config, field.key) === true}
          onChange={(event) => onChange(withConfig(config, field.key, event.currentTarget.checked))}
        />
      )
  }
}
