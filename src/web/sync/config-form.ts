import { isObject, type Json, type JsonObject, own, withKey } from '../../core/model/json.ts'
import { setKey } from '../editor/draft.ts'

/** A field of a sync's configuration that has a form. Everything else in `config` stays as it is (F10). */
export type ConfigField =
  | { readonly kind: 'text'; readonly key: string; readonly label: string; readonly description?: string }
  | {
      readonly kind: 'choice'
      readonly key: string
      readonly label: string
      readonly choices: readonly { readonly value: string; readonly label: string }[]
    }
  | { readonly kind: 'flag'; readonly key: string; readonly label: string }

type ConfigForm = { readonly fields: readonly ConfigField[]; readonly mappings: boolean }

const FORMS: Readonly<Record<string, ConfigForm>> = {
  hubspot: {
    fields: [
      { kind: 'text', key: 'object', label: 'Object', description: 'contacts, companies, deals, …' },
      {
        kind: 'choice',
        key: 'mode',
        label: 'Mode',
        choices: [
          { value: 'upsert', label: 'Upsert: create and update' },
          { value: 'update', label: 'Update: existing records only' },
          { value: 'insert', label: 'Insert: new records only' },
          { value: 'mirror', label: 'Mirror: delete what is gone' },
        ],
      },
    ],
    mappings: true,
  },
  http: {
    fields: [
      { kind: 'text', key: 'url', label: 'URL' },
      {
        kind: 'choice',
        key: 'method',
        label: 'HTTP method',
        choices: ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'].map((value) => ({ value, label: value })),
      },
      { kind: 'flag', key: 'retry', label: 'Send again when the endpoint fails' },
    ],
    mappings: false,
  },
}

export function configForm(destinationType: string): ConfigForm | null {
  return Object.hasOwn(FORMS, destinationType) ? (FORMS[destinationType] ?? null) : null
}

/** The form fits only where each of its keys holds what it can show; else the whole is checked JSON. */
export function fits(form: ConfigForm, config: JsonObject): boolean {
  const field = form.fields.every(({ kind, key }) => {
    const value = own(config, key)
    return value === undefined || typeof value === (kind === 'flag' ? 'boolean' : 'string')
  })
  return field && (!form.mappings || mappingsOf(config) !== null)
}

/** The list of mappings; null when it holds anything but plain pairs of names. */
export function mappingsOf(config: JsonObject): readonly JsonObject[] | null {
  const list = own(config, 'mappings') ?? []
  if (!Array.isArray(list)) return null
  const rows = list.filter(isObject)
  const plain =
    rows.length === list.length &&
    rows.every((row) => ['to', 'from'].every((key) => ['string', 'undefined'].includes(typeof own(row, key))))
  return plain ? rows : null
}

export function withConfig(config: JsonObject, key: string, value: Json | undefined): JsonObject {
  return setKey(config, key, value === '' ? undefined : value)
}

export function withMapping(config: JsonObject, at: number, key: 'from' | 'to', column: string): JsonObject {
  return withKey(
    config,
    'mappings',
    (mappingsOf(config) ?? []).map((row, i) => (i === at ? withKey(row, key, column) : row)),
  )
}

export function withNewMapping(config: JsonObject): JsonObject {
  return withKey(config, 'mappings', [...(mappingsOf(config) ?? []), { to: '', from: '', type: 'standard' }])
}

export function withoutMapping(config: JsonObject, at: number): JsonObject {
  return withKey(
    config,
    'mappings',
    (mappingsOf(config) ?? []).filter((_, i) => i !== at),
  )
}
