import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { isKind, type Kind } from '../../core/model/kind.ts'
import { resourceQuery } from '../api/resources.ts'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { Editor } from '../editor/Editor.tsx'
import f from '../frame/frame.module.css'
import { NotFound } from '../frame/NotFound.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'

const SECTION_KINDS: readonly Kind[] = ['models', 'syncs', 'sources', 'destinations']
const SCHEMA_KINDS: readonly Kind[] = [
  'parent-models',
  'related-models',
  'event-models',
  'model-relationships',
]

/** A resource of any kind: /$section/$slug and /schema/$kind/$slug. */
export function ResourcePage() {
  const { kind: inSchema, section, slug } = useParams({ strict: false })
  const named = inSchema ?? section ?? ''
  const allowed = inSchema === undefined ? SECTION_KINDS : SCHEMA_KINDS
  if (!isKind(named) || !allowed.includes(named) || slug === undefined) return <NotFound />
  return <Known key={`${named} ${slug}`} kind={named} slug={slug} />
}

function Known({ kind, slug }: { readonly kind: Kind; readonly slug: string }) {
  const ws = useWorkspace()
  const query = useQuery(resourceQuery(ws, kind, slug))
  if (query.data) return <Editor kind={kind} resource={query.data} />
  return (
    <div className={f.page}>
      <Loaded query={query} skeleton={<FormSkeleton />}>
        {() => null}
      </Loaded>
    </div>
  )
}
