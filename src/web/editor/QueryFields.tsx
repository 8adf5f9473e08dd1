import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { JsonObject } from '../../core/model/json.ts'
import f from '../components/form.module.css'
import { METHODS } from '../words/method-words.ts'
import { textOf } from '../words/resource-name.ts'
import { CodeEditor } from './CodeEditor.tsx'
import { useFieldError } from './field-errors.ts'
import { JsonField } from './JsonField.tsx'
import { queriesOf, withMethod } from './method.ts'
import { TextField } from './TextField.tsx'
import type { Draft } from './use-draft.ts'
import type { LiveQuery } from './use-model-query.ts'

/** Where rows come from: the method, and the one query that it needs. */
export function QueryFields({ draft, live }: { readonly draft: Draft; readonly live: LiveQuery }) {
  const [remembered, setRemembered] = useState<JsonObject>({})
  const sqlError = useFieldError('rawSql')
  const type = textOf(draft.value, 'type')
  return (
    <>
      <div>
        <span className={f.label} id="method-label">
          Method
        </span>
        <SegmentedControl
          aria-labelledby="method-label"
          data={METHODS.map(({ value, label }) => ({ value, label }))}
          value={type}
          onChange={(next) => {
            const kept = { ...remembered, ...queriesOf(draft.value) }
            setRemembered(kept)
            draft.change((value) => withMethod(value, next, kept))
          }}
        />
      </div>
      {type === 'table' && (
        <TextField
          draft={draft}
          name="tableName"
          label="Table"
          choices={live.tables}
          placeholder={live.source === '' ? 'Choose a source first' : 'Search or type a table name'}
          mono
        />
      )}
      {type === 'raw_sql' && (
        <CodeEditor
          label="SQL"
          language="sql"
          value={textOf(draft.value, 'rawSql')}
          onChange={(text) => draft.set('rawSql', text)}
          onRun={live.run}
          tables={live.tables}
          minHeight={180}
          error={sqlError}
        />
      )}
      {type === 'dbt_model' && (
        <TextField
          draft={draft}
          name="dbtModel"
          label="dbt model"
          placeholder="model.project.name"
          description="The unique id of the model in the dbt manifest."
          mono
        />
      )}
      {type === 'custom' && <JsonField draft={draft} name="customQuery" label="Custom query" />}
    </>
  )
}
