import { ActionIcon, Autocomplete, Button, TextInput } from '@mantine/core'
import IconArrowRight from '@tabler/icons-react/dist/esm/icons/IconArrowRight.mjs'
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs'
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs'
import type { JsonObject } from '../../core/model/json.ts'
import f from '../components/form.module.css'
import { textOf } from '../words/resource-name.ts'
import { mappingsOf, withMapping, withNewMapping, withoutMapping } from './config-form.ts'
import c from './sync.module.css'

type Props = {
  readonly config: JsonObject
  readonly columns: readonly string[]
  readonly onChange: (config: JsonObject) => void
}

export function MappingRows({ config, columns, onChange }: Props) {
  const rows = mappingsOf(config) ?? []
  return (
    <fieldset className={c.fieldset}>
      <legend className={f.label}>Field mapping</legend>
      <div className={c.mappings}>
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: mappings may repeat, so their place is their identity
          <div key={i} className={c.mapping}>
            <Autocomplete
              aria-label={`Column ${i + 1}`}
              placeholder="Column"
              data={[...columns]}
              value={textOf(row, 'from')}
              onChange={(column) => onChange(withMapping(config, i, 'from', column))}
            />
            <IconArrowRight size={15} aria-hidden />
            <TextInput
              aria-label={`Field ${i + 1}`}
              placeholder="Field in the destination"
              value={textOf(row, 'to')}
              onChange={(event) => onChange(withMapping(config, i, 'to', event.currentTarget.value))}
            />
            <ActionIcon
              aria-label={`Remove mapping ${i + 1}`}
              onClick={() => onChange(withoutMapping(config, i))}
            >
              <IconX size={15} />
            </ActionIcon>
            {textOf(row, 'type') !== 'standard' && textOf(row, 'type') !== '' && (
              <p className={`${f.hint} ${c.note}`}>
                Of type <code>{textOf(row, 'type')}</code>: its details are edited as JSON.
              </p>
            )}
          </div>
        ))}
      </div>
      <Button
        size="xs"
        leftSection={<IconPlus size={13} aria-hidden />}
        onClick={() => onChange(withNewMapping(config))}
      >
        Add a mapping
      </Button>
    </fieldset>
  )
}
