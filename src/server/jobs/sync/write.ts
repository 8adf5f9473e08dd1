import { sameJson } from '../../../core/model/json.ts'
import type { CommitDraft, SavedChange } from '../../../core/plan/commits/draft.ts'
import { planCommits } from '../../../core/plan/commits/plan-commits.ts'
import type { Commit, CommitInput } from '../../../git/commit.ts'
import { commitMessage, type Trailer } from '../../../git/commit-message.ts'
import { person } from '../../../git/identity.ts'
import { type NewCommit, recordCommits } from '../../../store/commit-records.ts'
import { guardLease } from '../../../store/leases.ts'
import { settleChanges } from '../../../store/settle-changes.ts'
import { failpoint } from '../failpoint.ts'
import { committerOf, trailersOf } from './commit-words.ts'
import { generatedFiles } from './generated-files.ts'
import { askerOf } from './queue-unsaved.ts'
import { toStored } from './read-own-files.ts'
import { TextChain } from './text-chain.ts'
import { DONE, type Facts, known, NEXT, type StepResult, type Work } from './work.ts'

/** Lays out the commits, writes them into the cache, and records them before anybody sees them (S7, S8, S10). */
export async function writeCommits(work: Work, facts: Facts): Promise<StepResult> {
  const { parent, isNewBranch } = known(facts.head)
  const aliases = known(facts.aliases)
  const generated = await generatedFiles(work, facts)
  const { drafts, idle } = planCommits({
    snapshot: known(facts.snapshot),
    reconciliation: known(facts.reconciliation),
    sets: known(facts.sets),
    aliases,
    generated,
    batch: work.connection.batchSeconds > 0,
    founder: isNewBranch ? { author: askerOf(work.run), at: Date.now() } : null,
  })
  facts.drafts = drafts
  const inputs = await commitInputs(work, facts, drafts)
  const commits = await work.repository.commit(parent, inputs, work.signal)
  failpoint('committed')
  const changes = new Map(
    known(facts.sets).flatMap((set) => set.changes.map((change) => [change.id, change])),
  )
  const blobs = new Map(
    known(facts.snapshot).pairs.flatMap(({ file }) => (file ? [[file.path, file.blob]] : [])),
  )
  const records = drafts.map((draft, i) => {
    const own = new Map(
      savesOf(drafts, i).flatMap((id) => {
        const change = changes.get(id)
        return change ? [[change.resourceId, change] as const] : []
      }),
    )
    return recordOf(work, draft, commits[i], toStored(aliases), own, blobs)
  })
  const ids = await work.db.transaction().execute(async (tx) => {
    await guardLease(tx, work.lease)
    await settleChanges(tx, idle)
    return recordCommits(tx, { connectionId: work.connection.id, runId: work.run.id }, records)
  })
  facts.commits = ids.map((id, i) => ({ id, oid: commits[i]?.oid ?? '' }))
  await work.count(commits.length, commits.length)
  const isBranchMissing = isNewBranch && parent !== null
  return commits.length > 0 || isBranchMissing ? NEXT : DONE
}

async function commitInputs(
  work: Work,
  facts: Facts,
  drafts: readonly CommitDraft[],
): Promise<CommitInput[]> {
  const texts = await TextChain.open(work, known(facts.snapshot), drafts)
  const inputs: CommitInput[] = []
  for (const draft of drafts) {
    inputs.push({
      message: messageOf(work, draft),
      author: { ...draft.author, at: new Date(draft.savedAt) },
      committer: { ...committerOf(work), at: new Date() },
      files: await texts.filesOf(draft),
    })
  }
  return inputs
}

function messageOf(work: Work, draft: CommitDraft): string {
  const others = new Map(draft.coauthors.map((other) => [other.email, other]))
  others.delete(draft.author.email)
  const trailers: Trailer[] = [
    ...trailersOf(work),
    ...[...others.values()].map(({ name, email }): Trailer => ['Co-authored-by', person(name, email)]),
  ]
  return commitMessage(draft.subject, draft.message, trailers)
}

/** The first of two phases settles no rows of the outbox: the second settles those of both. */
function savesOf(drafts: readonly CommitDraft[], at: number): readonly string[] {
  return drafts.slice(at).find(({ changeIds }) => changeIds.length > 0)?.changeIds ?? []
}

function recordOf(
  work: Work,
  draft: CommitDraft,
  commit: Commit | undefined,
  aliases: ReturnType<typeof toStored>,
  /** The saves that it commits, by resource. */
  own: ReadonlyMap<string, SavedChange>,
  /** Where nothing was written: what lies there at the head. */
  blobs: ReadonlyMap<string, string>,
): NewCommit {
  if (!commit) throw new Error('git wrote fewer commits than it was given')
  const { path: root } = work.connection
  const blobOf = (path: string) => commit.blobs.get(root === '' ? path : `${root}/${path}`) ?? null
  const generatedBlob = (kind: 'manifest' | 'aliases') => {
    const file = draft.generated.find((write) => write.kind === kind)
    return file ? blobOf(file.path) : null
  }
  const aliasBlob = generatedBlob('aliases')
  return {
    oid: commit.oid,
    subject: draft.subject,
    author: draft.author,
    changeIds: draft.changeIds,
    aliases: aliasBlob === null ? null : { blob: aliasBlob, value: aliases },
    manifestBlob: generatedBlob('manifest'),
    writes: [...draft.writes, ...draft.readAnew].map(({ resourceId, ref, path, fileValue, value }) => {
      const blob = fileValue === null ? null : (blobOf(path) ?? blobs.get(path) ?? null)
      const saved = own.get(resourceId)
      // Of a merged change the row may hold another value by the time that the base moves.
      const isKept = saved && !saved.isMerged && value
      const changeId = isKept && sameJson(saved.value ?? undefined, value) ? saved.id : null
      return { resourceId, ref, path, blob, fileValue, value, changeId }
    }),
  }
}
