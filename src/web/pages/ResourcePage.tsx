import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { isKind, KIND_WORDS, type Kind } from '../../core/model/kind.ts'
import { ApiError } from '../api/client.ts'
import { resourceQuery } from '../api/resources.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import form from '../components/form.module.css'
import { Loaded } from '../components/Loaded.tsx'
import { Editor } from '../editor/Editor.tsx'
import f from '../frame/frame.module.css'
import { NotFound } from '../frame/NotFound.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'

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
  if (query.error instanceof ApiError && query.error.status === 404) return <Gone ws={ws} kind={kind} />
  return (
    <div className={f.page}>
      <Loaded query={query} skeleton={<FormSkeleton />}>
        {() => null}
      </Loaded>
    </div>
  )
}

/** It was deleted or never was: where it can be found again. */
function Gone({ ws, kind }: { readonly ws: string; readonly kind: Kind }) {
  return (
    <div className={f.page}>
      <EmptyState
        action={
          <div className={form.buttons}>
            <Link to={paths.deleted(ws)} className="link">
              Look under Deleted
            </Link>
            <Link to={paths.history(ws)} className="link">
              Look in the history
            </Link>
          </div>
        }
      >
        There is no {KIND_WORDS[kind]} at this address. If it was deleted here, it can be restored for 30
        days; in Git its versions stay.
      </EmptyState>
    </div>
  )
}
