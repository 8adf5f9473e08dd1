import { sameJson } from '../../../core/model/json.ts'
import type { CommitDraft, SavedChange, SavedSet } from '../../../core/plan/commits/draft.ts'
import type { Snapshot } from '../../../core/plan/snapshot.ts'
import type { Commit, CommitInput } from '../../../git/commit.ts'
import { commitMessage, type Trailer } from '../../../git/commit-message.ts'
import { person } from '../../../git/identity.ts'
import type { NewCommit } from '../../../store/commit-records.ts'
import type { StoredAliases } from '../../../store/tables/git.ts'
import { committerOf, trailersOf } from './commit-words.ts'
import { TextChain } from './text-chain.ts'
import type { Work } from './work.ts'

export type Making = {
  readonly drafts: readonly CommitDraft[]
  /** The repository that they go on top of: its pairs have the files there. */
  readonly snapshot: Snapshot
  readonly sets: readonly SavedSet[]
  readonly aliases: StoredAliases
  readonly parent: string | null
  /** A second parent of the first of them. */
  readonly merges?: string
}

/** Lays the commits out as files and writes them into the cache; nobody sees them yet (S7, S10). */
export async function makeCommits(
  work: Work,
  making: Making,
): Promise<{ readonly commits: readonly Commit[]; readonly records: readonly NewCommit[] }> {
  const { drafts, snapshot, sets, aliases, parent } = making
  const commits = await work.repository.commit(parent, await inputsOf(work, making), work.signal)
  const changes = new Map(sets.flatMap((set) => set.changes.map((change) => [change.id, change])))
  const blobs = new Map(snapshot.pairs.flatMap(({ file }) => (file ? [[file.path, file.blob]] : [])))
  const records = drafts.map((draft, i) => {
    const own = new Map(
      savesOf(drafts, i).flatMap((id) => {
        const change = changes.get(id)
        return change ? [[change.resourceId, change] as const] : []
      }),
    )
    const record = recordOf(work, draft, commits[i], aliases, own, blobs)
    for (const { path, blob } of record.writes) if (blob !== null) blobs.set(path, blob)
    return record
  })
  return { commits, records }
}

async function inputsOf(work: Work, { drafts, snapshot, merges }: Making): Promise<CommitInput[]> {
  const texts = await TextChain.open(work, snapshot, drafts)
  const inputs: CommitInput[] = []
  for (const [i, draft] of drafts.entries()) {
    inputs.push({
      message: messageOf(work, draft),
      author: { ...draft.author, at: new Date(draft.savedAt) },
      committer: { ...committerOf(work), at: new Date() },
      files: await texts.filesOf(draft),
      ...(i === 0 && merges !== undefined ? { merges } : {}),
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
  aliases: StoredAliases,
  /** The saves that it commits, by resource. */
  own: ReadonlyMap<string, SavedChange>,
  /** Where nothing is written: what lies there before this commit. */
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
