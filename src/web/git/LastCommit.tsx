import IconGitCommit from '@tabler/icons-react/dist/esm/icons/IconGitCommit.mjs'
import { useQuery } from '@tanstack/react-query'
import type { GitStatus } from '../../core/wire/git.ts'
import type { Version } from '../../core/wire/history.ts'
import { historyQuery } from '../api/history.ts'
import { Time } from '../components/Time.tsx'
import type { Tone } from '../components/tone.ts'
import { CommitId } from './CommitId.tsx'
import c from './overview.module.css'

type Props = {
  readonly ws: string
  readonly title: string
  readonly tone: Tone
  readonly commit: GitStatus['lastInbound'] | GitStatus['lastOutbound']
  readonly none: string
}

export function LastCommit({ ws, title, tone, commit, none }: Props) {
  // The status names what we wrote whole, but of what came in only the id: the history has the rest.
  const isBare = commit !== null && !('subject' in commit)
  const { data: history } = useQuery({ ...historyQuery(ws, null, null), enabled: isBare })
  const version = isBare ? history?.items.find((one) => one.commit === commit.oid) : undefined
  const known = commit === null ? null : 'subject' in commit ? commit : fromHistory(version)
  return (
    <section className={c.commit}>
      <h2 style={{ color: `var(--${tone})` }}>
        <IconGitCommit size={15} aria-hidden /> {title}
      </h2>
      {commit === null ? (
        <p className={c.by}>{none}</p>
      ) : (
        <>
          {known !== null && <p className={c.subject}>{known.subject}</p>}
          <p className={c.by}>
            <CommitId oid={commit.oid} /> {known !== null && `by ${known.author}, `}
            <Time at={commit.at} />
          </p>
        </>
      )}
    </section>
  )
}

function fromHistory(version: Version | undefined): { subject: string; author: string } | null {
  return version === undefined
    ? null
    : { subject: version.subject || '(no subject)', author: version.author.name }
}
