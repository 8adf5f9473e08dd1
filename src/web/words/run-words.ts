import { peopleOf, type Run, type RunPhase, type RunSummary } from '../../core/wire/run.ts'
import type { Tone } from '../components/tone.ts'
import { count, listWords } from './count.ts'

export const RUN_STATES: Readonly<
  Record<RunSummary['state'], { readonly tone: Tone; readonly word: string }>
> = {
  queued: { tone: 'slate', word: 'queued' },
  running: { tone: 'slate', word: 'running' },
  succeeded: { tone: 'green', word: 'succeeded' },
  failed: { tone: 'red', word: 'failed' },
  held: { tone: 'orange', word: 'held' },
  'nothing-to-do': { tone: 'grey', word: 'nothing to do' },
}

export const TRIGGER_WORDS: Readonly<Record<RunSummary['trigger'], string>> = {
  first: 'First sync',
  save: 'Save',
  poll: 'Poll',
  webhook: 'Webhook',
  manual: 'By hand',
}

export const DIRECTION_WORDS: Readonly<Record<RunSummary['direction'], string>> = {
  INBOUND: 'From Git',
  OUTBOUND: 'To Git',
  BOTH: 'Both ways',
}

/** The steps of a sync as its page names them; a step that is not here shows under its own name. */
const PHASES: Readonly<Record<string, string>> = {
  fetch: 'Fetch the branch',
  settle: 'Settle earlier commits',
  reviews: 'Look at the open reviews',
  'rename-alias': 'Rename the alias',
  read: 'Read changed files',
  snapshot: 'Look at both sides',
  plan: 'Plan',
  'put-back': 'Put the last good version back',
  apply: 'Apply to the workspace',
  write: 'Write commits',
  push: 'Push',
  verify: 'Read back',
  advance: 'Note what both agree on',
  propose: 'Send to reviews',
}

export function phaseWords(name: string): string {
  return Object.hasOwn(PHASES, name) ? (PHASES[name] ?? name) : name.charAt(0).toUpperCase() + name.slice(1)
}

/**
 * The steps that say something: each run passes by the put-back and the renaming of an alias, and only one that was asked for takes
 * time there; and by the reviews, which count what they do.
 */
export function shownPhases(phases: readonly RunPhase[]): readonly RunPhase[] {
  return phases.filter(({ name, ms, total }, i) => {
    if (name === 'put-back' || name === 'rename-alias') return ms >= 1 || i === phases.length - 1
    return (name !== 'reviews' && name !== 'propose') || total > 0
  })
}

/** One line that says what a run did. */
export function runSentence(run: RunSummary): string {
  switch (run.state) {
    case 'queued':
      return 'Waits for its turn.'
    case 'running':
      return 'At work.'
    case 'failed':
      return run.error?.message ?? 'Failed.'
    case 'held':
      return 'Waits for a person to agree before it goes on.'
    case 'nothing-to-do':
      return idle(run)
    case 'succeeded':
      return succeeded(run)
  }
}

/** Nothing flowed: the two were equal, or what differs waits for a person. */
function idle({ counts, waiting }: RunSummary): string {
  const waits = [
    counts.conflicts > 0
      ? `${count(counts.conflicts, 'resource')} changed on both sides and ${counts.conflicts === 1 ? 'waits' : 'wait'} for a decision`
      : '',
    counts.aside > 0
      ? `${count(counts.aside, 'file')} with errors ${counts.aside === 1 ? 'is' : 'are'} set aside`
      : '',
    counts.pending > 0
      ? `${count(counts.pending, 'file')} ${counts.pending === 1 ? 'names' : 'name'} a source or destination that is not known here`
      : '',
    waiting > 0
      ? `${count(waiting, 'change')} ${waiting === 1 ? 'waits' : 'wait'} and ${waiting === 1 ? 'says' : 'say'} why`
      : '',
  ].filter((part) => part !== '')
  if (waits.length === 0) return 'Nothing to do: workspace and repository were equal.'
  return `Nothing moved: ${listWords(waits)}.`
}

function succeeded(run: RunSummary): string {
  const { inbound, outbound, conflicts } = run.counts
  if (run.dryRun)
    return `A plan, nothing was changed: ${inbound} in, ${outbound} out, ${count(conflicts, 'conflict')}.`
  const did = [
    inbound > 0
      ? `${count(inbound, 'change')} from Git ${inbound === 1 ? 'is' : 'are'} in the workspace`
      : '',
    outbound > 0
      ? `${count(outbound, 'change')} of the workspace ${outbound === 1 ? 'is' : 'are'} in Git`
      : '',
    conflicts > 0
      ? `${count(conflicts, 'resource')} changed on both sides and ${conflicts === 1 ? 'waits' : 'wait'} for a decision`
      : '',
  ].filter((part) => part !== '')
  return did.length === 0 ? 'Both sides agree.' : `${listWords(did)}.`
}

/** What a run moved, by name; empty where it moved nothing. */
export function touchedWords({ touched, counts }: RunSummary): string {
  const names = [...new Set(touched)].slice(0, 3)
  // One that merged came in and went out.
  const rest = counts.inbound + counts.outbound - touched.filter((slug) => names.includes(slug)).length
  return names.length === 0 ? '' : listWords([...names, ...(rest > 0 ? [`${rest} more`] : [])])
}

/** The sentence of a run's page, which knows what changed: `Ann's change to users is in Git, two commits.` */
export function wholeRunSentence(run: Run): string {
  const { inbound, outbound } = run.changes
  const onlyOut =
    run.state === 'succeeded' &&
    !run.dryRun &&
    outbound.length > 0 &&
    inbound.length === 0 &&
    run.counts.conflicts === 0
  if (!onlyOut) return runSentence(run)
  const what = listWords(
    outbound.map((entry) => entry.slug),
    3,
  )
  const savers = run.savedBy.length === 0 ? peopleOf(run) : run.savedBy
  const who = savers.length === 0 ? null : listWords(savers, 3)
  const many = outbound.length > 1
  const whose = who === null ? `The change${many ? 's' : ''}` : `${who}'s change${many ? 's' : ''}`
  const commits = run.commits.length === 0 ? '' : `, ${count(run.commits.length, 'commit')}`
  const isInReview = run.commits.length > 0 && run.commits.every(({ review }) => review !== undefined)
  return `${whose} to ${what} ${many ? 'are' : 'is'} in ${isInReview ? 'review' : 'Git'}${commits}.`
}

/** Who is behind a run, as its page and its row say it. */
export function runWho(run: Pick<RunSummary, 'actor' | 'savedBy'>): string {
  const people = peopleOf(run)
  return people.length === 0 ? 'Tandem' : listWords([...people], 3)
}

/** Milliseconds that it took; null while it has not begun or ended. */
export function runMs(run: Pick<RunSummary, 'startedAt' | 'finishedAt'>): number | null {
  return run.startedAt === null || run.finishedAt === null
    ? null
    : Date.parse(run.finishedAt) - Date.parse(run.startedAt)
}
