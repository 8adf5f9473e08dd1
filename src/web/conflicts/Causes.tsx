import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { FileConflict } from '../../core/wire/conflict-sides.ts'
import { conflictsQuery } from '../api/git.ts'
import f from '../components/form.module.css'
import { KindIcon } from '../components/KindIcon.tsx'
import { paths } from '../paths.ts'
import c from './conflicts.module.css'

/** The other resources of a joint conflict (S28): those in conflict themselves lead to theirs. */
export function Causes({ ws, conflict }: { readonly ws: string; readonly conflict: FileConflict }) {
  const { data } = useQuery(conflictsQuery(ws))
  if (conflict.causes.length === 0) return null
  const isOpen = (kind: string, slug: string) =>
    data?.items.some((one) => one.kind === kind && one.slug === slug) ?? false
  return (
    <section aria-label="Does not go together with">
      <h2 className={f.heading}>Does not go together with</h2>
      <ul className={c.others}>
        {conflict.causes.map(({ kind, slug }) => (
          <li key={`${kind} ${slug}`}>
            <KindIcon kind={kind} size={14} />{' '}
            <Link
              to={isOpen(kind, slug) ? paths.conflict(ws, kind, slug) : paths.resource(ws, kind, slug)}
              className="link"
            >
              {slug}
            </Link>{' '}
            {KIND_WORDS[kind]}
          </li>
        ))}
      </ul>
    </section>
  )
}
