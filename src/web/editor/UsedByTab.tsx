import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { KIND_WORDS, type Kind } from '../../core/model/kind.ts'
import { useTitles } from '../api/names.ts'
import { usedByQuery } from '../api/resources.ts'
import { KindIcon } from '../components/KindIcon.tsx'
import { Loaded } from '../components/Loaded.tsx'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { paths } from '../paths.ts'
import { usedAsWords } from '../words/used-as-words.ts'
import c from './side.module.css'

export function UsedByTab({
  ws,
  kind,
  slug,
}: {
  readonly ws: string
  readonly kind: Kind
  readonly slug: string
}) {
  const query = useQuery(usedByQuery(ws, kind, slug))
  const titleOf = useTitles(ws, query.data?.items ?? [])
  return (
    <Loaded query={query} skeleton={<RowsSkeleton rows={3} />}>
      {({ items }) =>
        items.length === 0 ? (
          <p className={c.note}>Nothing refers to this {KIND_WORDS[kind]} yet.</p>
        ) : (
          <ul className={c.list} aria-label="Used by">
            {items.map((item) => (
              <li key={`${item.kind} ${item.slug} ${item.field}`} className={c.item}>
                <KindIcon kind={item.kind} />
                <Link to={paths.resource(ws, item.kind, item.slug)} className={c.name}>
                  {titleOf(item)}
                </Link>
                <span className={c.note}>{usedAsWords(item)}</span>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
