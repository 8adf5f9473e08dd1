import { type GoodFile, lastGoodFiles } from '../../../core/plan/put-back.ts'
import type { CommitFile } from '../../../git/commit.ts'
import { commitMessage } from '../../../git/commit-message.ts'
import { recordCommits } from '../../../store/commit-records.ts'
import { guardLease } from '../../../store/leases.ts'
import { committerOf, trailersOf } from './commit-words.ts'
import { pushRefused } from './push.ts'
import { askerOf } from './queue-unsaved.ts'
import { decode } from './read-files.ts'
import { type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/**
 * The commit that puts the last good version back (S14), when somebody asked for it: on top of the one with
 * the errors and no other, by its own push. What it comes to is found by fetching anew.
 */
export async function putBack(work: Work, facts: Facts): Promise<StepResult> {
  const { parent, expected } = known(facts.head)
  const isWanted = work.run.options.putBack && !facts.isPutBack && known(facts.plan).stopped
  if (!isWanted || parent === null) return NEXT
  facts.isPutBack = true
  const aliases = goodAliases(facts)
  const good = [...lastGoodFiles(known(facts.snapshot)), ...aliases]
  if (good.length === 0) return NEXT
  const author = askerOf(work.run)
  const subject = subjectOf(good)
  const message = commitMessage(subject, null, trailersOf(work))
  const now = new Date()
  const [commit] = await work.repository.commit(
    parent,
    [
      {
        message,
        author: { ...author, at: now },
        committer: { ...committerOf(work), at: now },
        files: await contents(work, good),
      },
    ],
    work.signal,
  )
  if (!commit) throw new Error('git wrote no commit')
  await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    const record = {
      oid: commit.oid,
      subject,
      author,
      changeIds: [],
      aliases: null,
      manifestBlob: null,
      writes: [],
    }
    await recordCommits(tx, { connectionId: work.connection.id, runId: work.run.id }, [record])
  })
  const outcome = await work.repository.push(work.remote, commit.oid, expected, work.signal)
  if (outcome.kind !== 'pushed' && outcome.kind !== 'rejected-race') throw pushRefused(outcome.reason)
  if (outcome.kind === 'pushed') facts.putBackCommit = commit.oid
  return { kind: 'again', from: 'fetch' }
}

/** The alias file, where it is what is wrong. */
function goodAliases(facts: Facts): GoodFile[] {
  const { aliasPath, aliasProblems } = known(facts.reading).own
  return aliasProblems.length > 0 ? [{ path: aliasPath, blob: known(facts.state).alias_blob }] : []
}

function subjectOf(good: readonly GoodFile[]): string {
  const [only] = good
  const what = good.length === 1 && only ? only.path : `${good.length} files`
  return `Put back the last good version of ${what}`
}

async function contents(work: Work, good: readonly GoodFile[]): Promise<CommitFile[]> {
  const { path: root } = work.connection
  const at = (path: string) => (root === '' ? path : `${root}/${path}`)
  const texts = new Map<string, string>()
  const blobs = new Set(good.flatMap(({ blob }) => (blob === null ? [] : [blob])))
  for await (const { oid, bytes } of work.repository.readBlobs(blobs, { maxBytes: work.limits.fileBytes })) {
    const text = bytes && decode(bytes)
    if (text !== null) texts.set(oid, text)
  }
  return good.map(({ path, blob }) => {
    if (blob === null) return { path: at(path), delete: true }
    const text = texts.get(blob)
    if (text === undefined) throw new Error(`the last good version of ${path} cannot be read`)
    return { path: at(path), text }
  })
}
