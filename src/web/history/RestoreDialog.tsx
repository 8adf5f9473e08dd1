import { Button, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { RollbackAnswer } from '../../core/wire/history.ts'
import { rollBack, rollbackPlanQuery, type Scope } from '../api/history.ts'
import { ErrorNotice } from '../components/ErrorNotice.tsx'
import f from '../components/form.module.css'
import { RowsSkeleton } from '../components/RowsSkeleton.tsx'
import { shortOid } from '../git/git-words.ts'
import { count } from '../words/count.ts'
import { ByField } from './Differences.tsx'
import c from './history.module.css'
import { countWords } from './version-words.ts'

type Props = {
  readonly ws: string
  readonly commit: string
  readonly scope: Scope
  readonly opened: boolean
  readonly onClose: () => void
}

/** What going back would change and break, before it is done. */
export function RestoreDialog({ ws, commit, scope, opened, onClose }: Props) {
  const what = scope === null ? 'Roll the schema back' : `Restore ${KIND_WORDS[scope.kind]} ${scope.slug}`
  return (
    <Modal opened={opened} onClose={onClose} title={`${what} to ${shortOid(commit)}`} size="lg">
      <Preview ws={ws} commit={commit} scope={scope} onClose={onClose} />
    </Modal>
  )
}

function Preview({ ws, commit, scope, onClose }: Omit<Props, 'opened'>) {
  const client = useQueryClient()
  const plan = useQuery(rollbackPlanQuery(ws, commit, scope))
  const restore = useMutation({
    mutationFn: (digest: string) => rollBack(ws, { commit, ...scope, digest }),
    onSuccess: async () => {
      onClose()
      notifications.show({
        title: scope === null ? 'The schema was rolled back' : 'The version was restored',
        message: `The commit that goes back to ${shortOid(commit)} is on its way to Git.`,
      })
      await client.invalidateQueries({ queryKey: ['ws', ws] })
    },
    onError: () => void plan.refetch(),
  })
  if (plan.error) return <ErrorNotice error={plan.error} onRetry={() => void plan.refetch()} />
  if (!plan.data) return <RowsSkeleton rows={3} />
  const { changes, diagnostics, digest } = plan.data
  const blocked = changes.length === 0 || diagnostics.length > 0
  return (
    <div className={f.stack}>
      <p>{lead(plan.data)}</p>
      {diagnostics.length > 0 && <Errors diagnostics={diagnostics} />}
      {changes.length > 0 && (
        <div className={c.scroll}>
          <ByField entries={changes} action={() => null} />
        </div>
      )}
      {restore.error && <ErrorNotice error={restore.error} />}
      <div className={f.buttons}>
        <Button onClick={onClose} data-autofocus>
          {changes.length === 0 ? 'Close' : 'Cancel'}
        </Button>
        {changes.length > 0 && (
          <Button
            variant="filled"
            onClick={() => !blocked && restore.mutate(digest)}
            loading={restore.isPending}
            {...(blocked ? { 'data-disabled': true, 'aria-disabled': true } : {})}
          >
            {scope === null ? `Roll back ${count(changes.length, 'resource')}` : 'Restore'}
          </Button>
        )}
      </div>
    </div>
  )
}

function lead({ changes, diagnostics, commit }: RollbackAnswer): string {
  if (diagnostics.length > 0)
    return 'It would bring errors, so it is refused. Mend them first, or choose another version.'
  if (changes.length === 0)
    return `The workspace is as it was at ${shortOid(commit)}: there is nothing to do.`
  const counts = { added: 0, changed: 0, removed: 0, renamed: 0 }
  for (const { change } of changes) counts[change] += 1
  return `In the workspace: ${countWords(counts)}. It becomes a new commit on top; nothing of the history is lost.`
}

function Errors({ diagnostics }: Pick<RollbackAnswer, 'diagnostics'>) {
  return (
    <section className={c.errors} aria-label="Errors">
      <h3>{count(diagnostics.length, 'error')}</h3>
      <ul>
        {diagnostics.map((one) => {
          const where = 'file' in one ? `${one.file}, line ${one.line}` : `${one.kind}/${one.slug}`
          return (
            <li key={`${where} ${one.code} ${one.message}`}>
              <strong>{where}</strong>: {one.message} {one.hint} <code>({one.code})</code>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
