import { Button } from '@mantine/core'
import IconGitMerge from '@tabler/icons-react/dist/esm/icons/IconGitMerge.mjs'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FileConflict, isFileConflict } from '../../core/wire/conflict-sides.ts'
import { conflictsQuery } from '../api/git.ts'
import { EmptyState } from '../components/EmptyState.tsx'
import { KindIcon } from '../components/KindIcon.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { PageHeader } from '../components/PageHeader.tsx'
import t from '../components/ResourceTable.module.css'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { Time } from '../components/Time.tsx'
import { conflictName, conflictReason } from '../conflicts/conflict-words.ts'
import c from '../conflicts/conflicts.module.css'
import { Page } from '../frame/Page.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { paths } from '../paths.ts'

/** What was changed on both sides and waits for a person (W5). */
export function Conflicts() {
  const ws = useWorkspace()
  const query = useQuery(conflictsQuery(ws))
  return (
    <Page title="Conflicts">
      <PageHeader
        title="Conflicts"
        lead="Changed here and in Git, so that the changes do not go together. Neither side was overwritten; everything else flows."
      />
      <Loaded query={query} skeleton={<RowsSkeleton rows={4} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              icon={<IconGitMerge size={28} stroke={1.5} aria-hidden />}
              action={
                <Button component={Link} to={paths.git(ws)}>
                  Version control overview
                </Button>
              }
            >
              Nothing is in conflict. What both sides change in different fields merges by itself; the same
              field changed twice is settled here.
            </EmptyState>
          ) : (
            <ConflictTable ws={ws} conflicts={items.filter(isFileConflict)} />
          )
        }
      </Loaded>
    </Page>
  )
}

type Props = { readonly ws: string; readonly conflicts: readonly FileConflict[] }

function ConflictTable({ ws, conflicts }: Props) {
  const navigate = useNavigate()
  return (
    <table className={t.table} aria-label="Conflicts">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" data-wide>
            Why
          </th>
          <th scope="col" data-wide>
            Since
          </th>
        </tr>
      </thead>
      <tbody>
        {conflicts.map((conflict) => {
          const to = paths.conflict(ws, conflict.kind, conflict.slug)
          const name = conflictName(conflict)
          return (
            <tr key={conflict.id} className={t.row} onClick={() => navigate({ to })}>
              <td>
                <div className={t.name}>
                  <KindIcon kind={conflict.kind} />
                  <div className={t['name-words']}>
                    <Link to={to} className={t.link} onClick={(event) => event.stopPropagation()}>
                      {name}
                    </Link>
                    {name !== conflict.slug && <code className={t.slug}>{conflict.slug}</code>}
                    <p className={c.beneath}>{conflictReason(conflict)}</p>
                  </div>
                </div>
              </td>
              <td data-wide className={t.wraps}>
                {conflictReason(conflict)}
              </td>
              <td data-wide>
                <Time at={conflict.since} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
