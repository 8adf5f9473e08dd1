import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { isFileKind, isKind, KIND_WORDS } from '../../core/model/kind.ts'
import { isFileConflict } from '../../core/wire/conflict-sides.ts'
import { conflictsQuery } from '../api/git.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { FormSkeleton } from '../components/FormSkeleton.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import { ConflictForm } from '../conflicts/ConflictForm.tsx'
import { NotFound } from '../frame/NotFound.tsx'
import { Page } from '../frame/Page.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'

/** One conflict, at the address of its resource: /git/conflicts/$kind/$slug. */
export function ConflictPage() {
  const ws = useWorkspace()
  const { kind, slug } = useParams({ from: '/$ws/git/conflicts/$kind/$slug' })
  const query = useQuery(conflictsQuery(ws))
  if (!isKind(kind) || !isFileKind(kind)) return <NotFound />
  const conflict = query.data?.items.find((one) => one.kind === kind && one.slug === slug)
  if (conflict && isFileConflict(conflict))
    return <ConflictForm key={conflict.id} ws={ws} conflict={conflict} />
  return (
    <Page title="Conflict">
      <Loaded query={query} skeleton={<FormSkeleton />}>
        {() => (
          <>
            <PageHeader title={<code>{slug}</code>} />
            <EmptyState
              action={
                <Button component={Link} to={paths.conflicts(ws)}>
                  All conflicts
                </Button>
              }
            >
              This {KIND_WORDS[kind]} is not in conflict: it was settled, or both sides have become equal.
            </EmptyState>
          </>
        )}
      </Loaded>
    </Page>
  )
}
