import { Popover } from '@mantine/core'
import IconGitPullRequest from '@tabler/icons-react/dist/esm/icons/IconGitPullRequest.mjs'
import { Link } from '@tanstack/react-router'
import type { Kind } from '../../core/model/kind.ts'
import type { GitState } from '../../core/wire/resource.ts'
import c from '../components/Pill.module.css'
import { Pill } from '../components/Pill.tsx'
import { Time } from '../components/Time.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { CommitId } from './CommitId.tsx'
import type { FileFault } from './file-fault.ts'
import { GitStateIcon } from './GitStateIcon.tsx'
import { FAULTY, GIT_STATES, IN_REVIEW, shortOid } from './git-words.ts'
import { FAULTY_NEXT, REVIEW_NEXT, STATE_NEXT } from './next-steps.ts'
import { ReviewLink } from './ReviewCard.tsx'
import { SecretPill } from './SecretPill.tsx'
import { StatusIcon } from './StatusIcon.tsx'

type Props = {
  readonly git: GitState
  /** What is wrong with its file in Git, where that is known. */
  readonly fault?: FileFault | null
  /** Whose state it is, where something can be done about it at once. */
  readonly of?: { readonly kind: Kind; readonly slug: string }
}

/** The Git state beside every saved thing (W6): icon, word and commit; its popover says the next step. */
export function GitPill({ git, fault = null, of }: Props) {
  const ws = useWorkspace()
  if (git.secret !== undefined && fault === null) return <SecretPill secret={git.secret} of={of ?? null} />
  const review = fault === null ? git.review : undefined
  const words = fault !== null ? FAULTY : review === undefined ? GIT_STATES[git.state] : IN_REVIEW
  const next =
    fault !== null ? FAULTY_NEXT(ws) : review === undefined ? STATE_NEXT[git.state](ws) : REVIEW_NEXT(ws)
  const since = fault === null ? git.commit : (fault.commit ?? undefined)
  const commit = since === undefined ? null : shortOid(since)
  return (
    <Popover position="bottom-end" withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={c.button}
          aria-label={`Git state: ${words.word}${commit === null ? '' : ` · ${commit}`}`}
          onClick={(event) => event.stopPropagation()}
        >
          <Pill
            tone={words.tone}
            icon={
              fault !== null ? (
                <StatusIcon state="blocked" />
              ) : review === undefined ? (
                <GitStateIcon state={git.state} />
              ) : (
                <IconGitPullRequest size={13} stroke={2} aria-hidden />
              )
            }
          >
            {words.word}
            {commit !== null && <span className="mono">· {commit}</span>}
            {review?.number != null && <span className="mono">· #{review.number}</span>}
          </Pill>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={c.details}>
          <p>
            <strong>{words.means}</strong>
          </p>
          {fault === null && git.since !== undefined && (
            <p>
              Since <Time at={git.since} />
              {git.by !== undefined && `, by ${git.by}`}
            </p>
          )}
          <p>
            {next.words}{' '}
            {next.link !== null && (
              <Link to={next.link.to} className="link">
                {next.link.label}
              </Link>
            )}
          </p>
          {review !== undefined && (
            <p>
              Review <ReviewLink review={review} /> of {review.person}
            </p>
          )}
          {since !== undefined && (
            <p>
              Commit <CommitId oid={since} />
            </p>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
