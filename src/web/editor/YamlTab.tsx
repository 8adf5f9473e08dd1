import { useQuery } from '@tanstack/react-query'
import type { JsonObject } from '../../core/model/json.ts'
import type { FileKind } from '../../core/model/kind.ts'
import { aliasesQuery } from '../api/git.ts'
import { fileQuery } from '../api/resources.ts'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import f from '../components/form.module.css'
import { Loaded } from '../components/Loaded.tsx'
import { CodeEditor } from './CodeEditor.tsx'
import { expectedSlug, fileText } from './file-text.ts'

type Props = {
  readonly ws: string
  readonly kind: FileKind
  readonly slug: string | null
  readonly value: JsonObject
  readonly dirty: boolean
}

const NAMED_AFTER: Partial<Record<FileKind, string>> = {
  'model-relationships': 'its two models',
  syncs: 'its model and destination',
}

export function YamlTab({ ws, kind, slug, value, dirty }: Props) {
  const aliases = useQuery(aliasesQuery(ws))
  const file = useQuery({ ...fileQuery(ws, kind, slug ?? ''), enabled: slug !== null })
  if (slug === null) {
    const file = fileText(kind, expectedSlug(kind, value) ?? '…', value, aliases.data, null)
    return <Text file={file} note={`The file is named after ${NAMED_AFTER[kind] ?? 'its name'}.`} />
  }
  return (
    <Loaded query={file} skeleton={<FormSkeleton fields={2} />}>
      {(present) => (
        <Text
          file={fileText(kind, slug, value, aliases.data, present)}
          note={dirty ? 'With your changes, as the next commit will write it.' : null}
        />
      )}
    </Loaded>
  )
}

function Text({
  file,
  note,
}: {
  readonly file: { readonly path: string; readonly text: string }
  readonly note: string | null
}) {
  return (
    <div className={f.stack}>
      <p className={f.hint}>
        <code>{file.path}</code> {note}
      </p>
      <CodeEditor label="YAML" hideLabel language="yaml" value={file.text} />
    </div>
  )
}
