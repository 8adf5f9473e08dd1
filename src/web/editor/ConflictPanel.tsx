import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Kind } from '../../core/model/kind.ts'
import { isFileConflict } from '../../core/wire/conflict-sides.ts'
import { conflictsQuery } from '../api/git.ts'
import { conflictReason } from '../conflicts/conflict-words.ts'
import { paths } from '../paths.ts'
import e from './editor.module.css'

type Props = { readonly ws: string; readonly kind: Kind; readonly slug: string }

/** Says on the page of a resource that it is in conflict, and leads to where that is settled. */
export function ConflictPanel({ ws, kind, slug }: Props) {
  const { data } = useQuery(conflictsQuery(ws))
  const conflict = data?.items.find((one) => one.kind === kind && one.slug === slug)
  if (conflict === undefined || !isFileConflict(conflict)) return null
  return (
    <section className={e.banner} aria-label="Conflict">
      <div className={e['banner-line']}>
        <div>
          <h2>{conflictReason(conflict)}</h2>
          <p>Neither side was overwritten. Until it is settled, saves here wait and Git keeps its version.</p>
        </div>
        <Button component={Link} to={paths.conflict(ws, kind, slug)}>
          Settle the conflict
        </Button>
      </div>
    </section>
  )
}
