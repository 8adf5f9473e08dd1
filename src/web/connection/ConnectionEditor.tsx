import { isObject, type JsonObject, own } from '../../core/model/json.ts'
import type { Resource } from '../api/resources.ts'
import f from '../components/form.module.css'
import { EditorShell } from '../editor/EditorShell.tsx'
import { TextField } from '../editor/TextField.tsx'
import { UsedByTab } from '../editor/UsedByTab.tsx'
import { useDraft } from '../editor/use-draft.ts'
import { useWorkspace } from '../frame/use-workspace.ts'
import { textOf } from '../words/resource-name.ts'
import { ConnectionFields } from './ConnectionFields.tsx'
import c from './connection.module.css'
import { missingOfConnection } from './connection-value.ts'
import { TestSource } from './TestSource.tsx'
import { TypeField } from './TypeField.tsx'

type Props = {
  readonly kind: 'sources' | 'destinations'
  readonly resource: Resource | null
  readonly blank: JsonObject
}

/** A source or destination: a name and type that files may refer to, and a connection that stays here. */
export function ConnectionEditor({ kind, resource, blank }: Props) {
  const ws = useWorkspace()
  const draft = useDraft(resource, blank)
  const word = kind === 'sources' ? 'source' : 'destination'
  const type = textOf(draft.value, 'type')
  const stored = resource === null ? [] : (own(resource, 'secrets') ?? [])
  const secrets = Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : []
  const connected = resource === null || isObject(own(resource, 'config') ?? null)
  const missing = missingOfConnection(draft.value)
  const form = (
    <>
      <section className={f.section}>
        {!connected && (
          <p className={c.note}>
            <strong>Not connected.</strong> The repository names this {word}, and this workspace has no
            connection for it yet. Fill in the fields below and save; until then{' '}
            {kind === 'sources' ? 'its models have no preview' : 'nothing can be sent to it'}.
          </p>
        )}
        <TextField draft={draft} name="name" label="Name" autoFocus={resource === null} />
        <TypeField draft={draft} kind={kind} />
      </section>
      {type !== '' && (
        <section className={f.section}>
          <h2>Connection</h2>
          <ConnectionFields key={`fields-${type}`} draft={draft} type={type} secrets={secrets} />
          {kind === 'sources' && (
            <TestSource key={`test-${type}`} ws={ws} slug={resource?.slug ?? null} value={draft.value} />
          )}
        </section>
      )}
    </>
  )
  return (
    <EditorShell
      kind={kind}
      resource={resource}
      draft={draft}
      missing={missing}
      shownKeys={['name']}
      form={form}
      {...(resource === null ? {} : { side: <UsedBy ws={ws} kind={kind} slug={resource.slug} /> })}
    />
  )
}

function UsedBy({
  ws,
  kind,
  slug,
}: {
  readonly ws: string
  readonly kind: 'sources' | 'destinations'
  readonly slug: string
}) {
  return (
    <div className={f.stack}>
      <h2 className={f.heading}>Used by</h2>
      <UsedByTab ws={ws} kind={kind} slug={slug} />
    </div>
  )
}
