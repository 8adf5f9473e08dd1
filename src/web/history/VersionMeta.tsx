import type { Version } from '../../core/wire/history.ts'
import { Time } from '../components/Time.tsx'
import { CommitId } from '../git/CommitId.tsx'
import c from './history.module.css'

/** Which commit, by whom and when. */
export function VersionMeta({ version }: { readonly version: Pick<Version, 'commit' | 'author' | 'at'> }) {
  const { commit, author, at } = version
  return (
    <span className={c.meta}>
      <CommitId oid={commit} />
      <span title={author.email}>{author.name}</span>
      <Time at={at} />
    </span>
  )
}
