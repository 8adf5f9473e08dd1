import IconGitCommit from '@tabler/icons-react/dist/esm/icons/IconGitCommit.mjs'
import type { GitStatus } from '../../core/wire/git.ts'
import { Time } from '../components/Time.tsx'
import type { Tone } from '../components/tone.ts'
import { CommitId } from './CommitId.tsx'
import c from './overview.module.css'

type Props = {
  readonly title: string
  readonly tone: Tone
  readonly commit: GitStatus['lastInbound'] | GitStatus['lastOutbound']
  readonly none: string
}

export function LastCommit({ title, tone, commit, none }: Props) {
  return (
    <section className={c.commit}>
      <h2 style={{ color: `var(--${tone})` }}>
        <IconGitCommit size={15} aria-hidden /> {title}
      </h2>
      {commit === null ? (
        <p className={c.by}>{none}</p>
      ) : (
        <>
          <p className={c.subject}>{'subject' in commit ? commit.subject : <CommitId oid={commit.oid} />}</p>
          <p className={c.by}>
            {'author' in commit && (
              <>
                <CommitId oid={commit.oid} /> by {commit.author},{' '}
              </>
            )}
            <Time at={commit.at} />
          </p>
        </>
      )}
    </section>
  )
}
