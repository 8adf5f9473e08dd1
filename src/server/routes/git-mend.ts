import { MendReferences, PutBack, Run, SetAside } from '../../core/wire/run.ts'
import { requestSync } from '../../store/runs.ts'
import { syncState } from '../../store/sync-state.ts'
import type { Workspace } from '../../store/workspaces.ts'
import type { Context } from '../context.ts'
import { type Endpoint, workspaceEndpoint } from '../http/endpoint.ts'
import { ProblemError } from '../problem-error.ts'
import { connected, startedRun } from './git-runs.ts'

const GIT = '/workspaces/{ws}/git'
const answers = {
  200: { description: 'The run; it ended within `waitSeconds`.', schema: Run },
  202: { description: 'The run, which goes on.', schema: Run },
}

/** Ways out of a commit with errors, and of old names, that need nobody to edit a file (S14, S18). */
export const gitMendEndpoints: readonly Endpoint[] = [
  workspaceEndpoint({
    method: 'post',
    path: `${GIT}/put-back`,
    action: 'git.put-back',
    tag: 'Git',
    summary: 'Put the last good version back on top of a commit with errors',
    description:
      'Commits, as you, the files at fault as they last were without errors; where that does not mend it, all that came with them.',
    body: PutBack,
    answers,
    handle: async ({ context, workspace, actor, body, request }) => {
      const connection = await blocked(context, workspace)
      const id = await requestSync(context.db, connection, { trigger: 'manual', actor, putBack: true })
      const audit = { action: 'git.put-back', subject: id, run: id }
      return { ...(await startedRun(context, workspace, id, body.waitSeconds, request.signal)), audit }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${GIT}/set-aside`,
    action: 'git.set-aside',
    tag: 'Git',
    summary: 'Set a file with a new error aside',
    description:
      'It is then reported and neither imported, written nor deleted, until somebody changes it; the rest of the commit comes in.',
    body: SetAside,
    answers,
    handle: async ({ context, workspace, actor, body, request }) => {
      const connection = await blocked(context, workspace)
      const setAside = [body.path]
      const id = await requestSync(context.db, connection, { trigger: 'manual', actor, setAside })
      const audit = { action: 'git.set-aside', subject: body.path, run: id }
      return { ...(await startedRun(context, workspace, id, body.waitSeconds, request.signal)), audit }
    },
  }),
  workspaceEndpoint({
    method: 'post',
    path: `${GIT}/mend-references`,
    action: 'git.mend-references',
    tag: 'Git',
    summary: 'Write the present names into files that use the old name of a renamed resource',
    description:
      'Commits, as you, every file that still refers to a resource by the name that it had before it was renamed in Git. Nothing else of the files changes.',
    body: MendReferences,
    answers,
    handle: async ({ context, workspace, actor, body, request }) => {
      const connection = await connected(context, workspace)
      const id = await requestSync(context.db, connection, { trigger: 'manual', actor, mend: true })
      const audit = { action: 'git.mend-references', subject: id, run: id }
      return { ...(await startedRun(context, workspace, id, body.waitSeconds, request.signal)), audit }
    },
  }),
]

async function blocked(context: Context, workspace: Workspace) {
  const connection = await connected(context, workspace)
  if ((await syncState(context.db, connection.id))?.stopped) return connection
  throw new ProblemError(
    'not-blocked',
    'The last commit has no error that stops it. Sync first if you pushed just now.',
  )
}
