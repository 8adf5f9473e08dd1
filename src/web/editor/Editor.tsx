import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { isObject, own } from '../../core/model/json.ts'
import type { Kind } from '../../core/model/kind.ts'
import { listQuery, type Resource } from '../api/resources.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import f from '../frame/frame.module.css'
import { NotFound } from '../frame/NotFound.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { blankValue } from './blank.ts'
import { ModelEditor } from './ModelEditor.tsx'

const RelationshipEditor = lazy(async () => ({
  default: (await import('./RelationshipEditor.tsx')).RelationshipEditor,
}))
const SyncEditor = lazy(async () => ({ default: (await import('../sync/SyncEditor.tsx')).SyncEditor }))
const ConnectionEditor = lazy(async () => ({
  default: (await import('../connection/ConnectionEditor.tsx')).ConnectionEditor,
}))

type Props = { readonly kind: Kind; readonly resource: Resource | null }

/** The editor of a kind; a new model begins with the source where only one is connected. */
export function Editor({ kind, resource }: Props) {
  const ws = useWorkspace()
  const sources = useQuery(listQuery(ws, 'sources'))
  if (resource === null && sources.isPending) {
    return (
      <div className={f.page}>
        <FormSkeleton />
      </div>
    )
  }
  if (sources.error && resource === null)
    return <ErrorNotice error={sources.error} onRetry={() => void sources.refetch()} />
  const connected = (sources.data ?? []).filter((source) => isObject(own(source, 'config') ?? null))
  const only = connected.length === 1 ? (connected[0]?.slug ?? '') : ''
  const blank = blankValue(kind, only)
  const loading = (
    <div className={f.page}>
      <FormSkeleton />
    </div>
  )
  return <Suspense fallback={loading}>{editorOf(kind, resource, blank)}</Suspense>
}

function editorOf(kind: Kind, resource: Resource | null, blank: ReturnType<typeof blankValue>) {
  switch (kind) {
    case 'models':
    case 'parent-models':
    case 'related-models':
    case 'event-models':
      return <ModelEditor kind={kind} resource={resource} blank={blank} />
    case 'model-relationships':
      return <RelationshipEditor resource={resource} blank={blank} />
    case 'syncs':
      return <SyncEditor resource={resource} blank={blank} />
    case 'sources':
    case 'destinations':
      return <ConnectionEditor kind={kind} resource={resource} blank={blank} />
    case 'event-contracts':
    case 'contract-events':
      return <NotFound />
  }
}
