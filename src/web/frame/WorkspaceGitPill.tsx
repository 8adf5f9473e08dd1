import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { connectionQuery } from '../api/git.ts'
import { Pill } from '../components/Pill.tsx'
import { shortOid } from '../git/git-words.ts'
import { StatusIcon } from '../git/StatusIcon.tsx'
import { STATUS_WORDS } from '../git/status-words.ts'
import { paths } from '../paths.ts'
import c from './frame.module.css'
import { useWorkspace } from './use-workspace.ts'

/** The Git state of the workspace, in the top bar of every page; opens the Overview. */
export function WorkspaceGitPill() {
  const ws = useWorkspace()
  const { data: connection } = useQuery(connectionQuery(ws))
  if (connection === undefined) return null
  if (connection === null) {
    return (
      <Link to={paths.connect(ws)} className={c['git-pill']} aria-label="Connect Git: not connected">
        <Pill tone="grey" icon={<StatusIcon state="never-synced" />}>
          Connect Git
        </Pill>
      </Link>
    )
  }
  const { state, syncedCommit } = connection.status
  const { tone, word } = STATUS_WORDS[state]
  return (
    <Link
      to={paths.git(ws)}
      className={c['git-pill']}
      aria-label={`Git: ${word}${syncedCommit === null ? '' : ` · ${shortOid(syncedCommit)}`}`}
    >
      <Pill tone={tone} icon={<StatusIcon state={state} />}>
        {word}
        {syncedCommit !== null && (
          <span className={`mono ${c['only-wide']}`}>· {shortOid(syncedCommit)}</span>
        )}
      </Pill>
    </Link>
  )
}
