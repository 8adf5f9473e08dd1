import { NumberInput, PasswordInput, Switch, TextInput } from '@mantine/core'
import { isObject, type JsonObject, own } from '../../core/model/json.ts'
import f from '../components/form.module.css'
import { setKey } from '../editor/draft.ts'
import { JsonField } from '../editor/JsonField.tsx'
import type { Draft } from '../editor/use-draft.ts'
import { textOf } from '../words/resource-name.ts'
import { type ConnectionField, connectionFields } from './config-fields.ts'

type Props = {
  readonly draft: Draft
  readonly type: string
  /** JSON pointers of the secrets that are stored; their values never come back (Z4). */
  readonly secrets: readonly string[]
}

export function ConnectionFields({ draft, type, secrets }: Props) {
  const fields = connectionFields(type)
  const found = own(draft.value, 'config')
  const config: JsonObject = isObject(found) ? found : {}
  if (fields === null) {
    return (
      <>
        {secrets.length > 0 && (
          <p className={f.hint}>
            Stored and not shown: {secrets.map((pointer) => pointer.slice(1)).join(', ')}. What you leave out
            is kept.
          </p>
        )}
        <JsonField draft={draft} name="config" label="Configuration" />
      </>
    )
  }
  const set = (key: string, value: string | number | boolean | undefined) =>
    draft.set('config', setKey(config, key, value))
  return fields.map((field) => (
    <OneField
      key={field.key}
      field={field}
      config={config}
      stored={secrets.includes(`/${field.key}`)}
      set={set}
    />
  ))
}

type FieldProps = {
  readonly field: ConnectionField
  readonly config: JsonObject
  readonly stored: boolean
  readonly set: (key: string, value: string | number | boolean | undefined) => void
}

function OneField({ field, config, stored, set }: FieldProps) {
  const { key, label, kind } = field
  const description = field.description ?? null
  const value = own(config, key)
  switch (kind) {
    case 'text':
      return (
        <TextInput
          label={label}
          description={description}
          value={textOf(config, key)}
          onChange={(event) => set(key, event.currentTarget.value || undefined)}
        />
      )
    case 'number':
      return (
        <NumberInput
          label={label}
          description={description}
          value={typeof value === 'number' ? value : ''}
          allowDecimal={false}
          thousandSeparator=""
          hideControls
          onChange={(next) => set(key, typeof next === 'number' ? next : undefined)}
        />
      )
    case 'secret':
      return (
        <PasswordInput
          label={label}
          description={stored ? 'Stored. Type to replace it; empty keeps it.' : description}
          value={textOf(config, key)}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': `Show ${label.toLowerCase()}` }}
          onChange={(event) => set(key, event.currentTarget.value || undefined)}
        />
      )
    case 'flag':
      return (
        <Switch
          label={label}
          checked={value === true}
          onChange={(event) => set(key, event.currentTarget.checked)}
        />
      )
  }
}
