import { Popover } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { GitState } from '../../core/wire/resource.ts'
import c from '../components/Pill.module.css'
import { Pill } from '../components/Pill.tsx'
import { Time } from '../components/Time.tsx'
import { useWorkspace } from '../frame/use-workspace.ts'
import { CommitId } from './CommitId.tsx'
import { GitStateIcon } from './GitStateIcon.tsx'
import { GIT_STATES, shortOid } from './git-words.ts'
import { STATE_NEXT } from './next-steps.ts'

/** The Git state beside every saved thing (W6): icon, word and commit; its popover says the next step. */
export function GitPill({ git }: { readonly git: GitState }) {
  const words = GIT_STATES[git.state]
  const next = STATE_NEXT[git.state](useWorkspace())
  const commit = git.commit === undefined ? null : shortOid(git.commit)
  return (
    <Popover position="bottom-end" withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={c.button}
          aria-label={`Git state: ${words.word}${commit === null ? '' : ` · ${commit}`}`}
          onClick={(event) => event.stopPropagation()}
        >
          <Pill tone={words.tone} icon={<GitStateIcon state={git.state} />}>
            {words.word}
            {commit !== null && <span className="mono">· {commit}</span>}
          </Pill>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={c.details}>
          <p>
            <strong>{words.means}</strong>
          </p>
          {git.since !== undefined && (
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
          {git.commit !== undefined && (
            <p>
              Commit <CommitId oid={git.commit} />
            </p>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
