import type { CommitFile } from '../../../git/commit.ts'
import { commitMessage } from '../../../git/commit-message.ts'
import type { PushOutcome } from '../../../git/push-report.ts'
import { recordCommits } from '../../../store/commit-records.ts'
import { guardLease } from '../../../store/leases.ts'
import { committerOf, trailersOf } from './commit-words.ts'
import { askerOf } from './queue-unsaved.ts'
import { type Head, known, type Work } from './work.ts'

/**
 * A commit that carries no save, by who asked for the run: on the head, as a person would make it by hand. It is
 * recorded before it is pushed (S10); what it comes to is found by fetching anew.
 */
export async function pushOwnCommit(
  work: Work,
  { parent, expected }: Head,
  subject: string,
  files: readonly CommitFile[],
): Promise<{ readonly oid: string; readonly outcome: PushOutcome }> {
  const author = askerOf(work.run)
  const now = new Date()
  const input = {
    message: commitMessage(subject, null, trailersOf(work)),
    author: { ...author, at: now },
    committer: { ...committerOf(work), at: now },
    files,
  }
  const [commit] = await work.repository.commit(parent, [input], work.signal)
  const { oid } = known(commit)
  const record = { oid, subject, author, changeIds: [], aliases: null, manifestBlob: null, writes: [] }
  await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    await recordCommits(tx, { connectionId: work.connection.id, runId: work.run.id }, [record])
  })
  return { oid, outcome: await work.repository.push(work.remote, oid, expected, work.signal) }
}
