import { KIND_WORDS } from '../../model/kind.ts'
import type { ConnectionFacts, DoctorFacts, LeftFile, OpenWork } from './facts.ts'
import { type DoctorItem, fail, firstOf, type Mend, pass, warn } from './item.ts'

const ID = 'open'
const TITLE = 'Open work'

/** Nothing blocked, held, in conflict, set aside, pending or on its way. */
export function checkOpenWork(
  { workspace: { slug, gitSync } }: DoctorFacts,
  { work, repository, branch }: ConnectionFacts,
): readonly DoctorItem[] {
  const found = [
    ...blocked(slug, branch, work, repository),
    ...held(slug, work),
    ...failed(slug, work),
    ...conflicts(slug, work),
    ...files('aside', slug, work.aside),
    ...files('pending', slug, unexplained(work.pending, repository)),
  ]
  // What is told already explains why saves wait, and so does a switch that is off.
  if (found.length === 0 && gitSync) found.push(...waiting(slug, work))
  const nothing = `Nothing of ${slug} is blocked, held, in conflict, set aside or pending.`
  return found.length > 0 ? found : [pass(ID, TITLE, nothing)]
}

const runOf = (run: string | null): { mend?: Mend } => (run === null ? {} : { mend: { kind: 'run', run } })

/** S14: the errors at the head, each at its line; or that there are some, where the head cannot be read. */
function blocked(
  slug: string,
  branch: string,
  { isBlocked, lastRun }: OpenWork,
  repository: ConnectionFacts['repository'],
): readonly DoctorItem[] {
  const errors = repository.kind === 'read' ? repository.errors : []
  const told = errors.map(({ file, line, message, hint, code }) =>
    fail({
      id: `blocked:${file}:${line}:${code}`,
      title: `Error in ${file}`,
      message: `${file}, line ${line}: ${message} Nothing comes into ${slug} until it is mended.`,
      fix: hint ?? 'Correct the file and push, or put the last good version back.',
      ...runOf(lastRun),
    }),
  )
  if (told.length > 0 || !isBlocked) return firstOf(told)
  return [
    fail({
      id: 'blocked',
      title: 'Commit with errors',
      message: `A commit on ${branch} has errors, so ${slug} stays on the last good one.`,
      fix: 'Correct the files that the run lists and push, or put the last good version back.',
      ...runOf(lastRun),
    }),
  ]
}

function held(slug: string, { heldRun }: OpenWork): readonly DoctorItem[] {
  if (heldRun === null) return []
  return [
    fail({
      id: 'held',
      title: 'Held changes',
      message: `Changes of ${slug} wait for an admin's consent.`,
      fix: 'Look at the changes and approve them, or undo them where they were made.',
      mend: { kind: 'run', run: heldRun },
    }),
  ]
}

function failed(slug: string, { failure, lastRun, isBlocked }: OpenWork): readonly DoctorItem[] {
  if (failure === null || isBlocked) return []
  return [
    fail({
      id: 'last-run',
      title: 'Last run',
      message: `The last run of ${slug} failed: ${failure.message}`,
      fix: failure.hint ?? 'Mend what the run names, then sync.',
      ...runOf(lastRun),
    }),
  ]
}

function conflicts(slug: string, { conflicts: list }: OpenWork): readonly DoctorItem[] {
  return firstOf(
    list.map((conflict) =>
      fail({
        id: `conflicts:${conflict.kind}:${conflict.slug}`,
        title: `Conflict in ${conflict.slug}`,
        message: `The ${KIND_WORDS[conflict.kind]} ${conflict.slug} was changed in ${slug} and in Git, and the two do not go together.`,
        fix: 'Settle the conflict: choose field by field what stays.',
        mend: { kind: 'conflicts' },
      }),
    ),
  )
}

function files(state: 'aside' | 'pending', slug: string, list: readonly LeftFile[]): readonly DoctorItem[] {
  const isAside = state === 'aside'
  return firstOf(
    list.map(({ path, reason }) =>
      (isAside ? warn : fail)({
        id: `${state}:${path}`,
        title: `${isAside ? 'Set aside' : 'Pending'}: ${path}`,
        message: `${slug} does not take in ${path}: ${/[.!?)]$/.test(reason) ? reason : `${reason}.`}`,
        fix: isAside
          ? 'Correct the file and push; it is taken in by the next sync.'
          : 'Give the unknown source or destination a meaning here; the file is then taken in by itself.',
      }),
    ),
  )
}

/** A file with an unknown name of its own is told with that name. */
function unexplained(pending: OpenWork['pending'], repository: ConnectionFacts['repository']) {
  const told = new Set(
    repository.kind === 'read' ? repository.unknownNames.flatMap(({ paths }) => paths) : [],
  )
  return pending.filter(({ path }) => !told.has(path))
}

function waiting(slug: string, { waiting: count, isSyncing }: OpenWork): readonly DoctorItem[] {
  if (count === 0 || isSyncing) return []
  return [
    warn({
      id: 'waiting',
      title: 'Saves not in Git yet',
      message: `${count === 1 ? '1 resource' : `${count} resources`} of ${slug} ${count === 1 ? 'was' : 'were'} saved and ${count === 1 ? 'is' : 'are'} not in Git yet.`,
      fix: 'Sync now.',
      mend: { kind: 'sync' },
    }),
  ]
}
