import pc from 'picocolors'
import { KIND_WORDS } from '../../core/model/kind.ts'
import type { PlanEntryWire, PlanWire } from '../../core/wire/plan.ts'
import { peopleOf, type Run, type RunSummary } from '../../core/wire/run.ts'
import { plural } from '../print.ts'
import { sentence } from '../report/text.ts'

/** Names come from other people: no line ends or escape codes of their own. */
export function onOneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ')
}

const SIGNS = {
  added: pc.green('+'),
  changed: pc.blue('~'),
  removed: pc.red('-'),
  renamed: pc.blue('>'),
} as const

const IMPACT_WORDS = { risky: pc.yellow('risky'), breaking: pc.red('breaking') } as const

export function entryLine({ kind, slug, change, from, fields, impact }: PlanEntryWire): string {
  const was = from === undefined ? '' : ` (was ${onOneLine(from)})`
  const what = change === 'changed' ? `: ${fields.map(({ path }) => onOneLine(path)).join(', ')}` : ''
  const word = impact.word === 'safe' ? '' : ` [${IMPACT_WORDS[impact.word]}]`
  return `  ${SIGNS[change]} ${KIND_WORDS[kind]} ${onOneLine(slug)}${was}${word}${what}`
}

export function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [pc.bold(title), ...lines]
}

const left = ({ path, reason }: { path: string | null; reason: string }) =>
  `  ${onOneLine(path ?? '')}: ${onOneLine(reason)}`

/** Counts first, then what each side takes, then what waits and why. */
export function planLines(plan: PlanWire): string[] {
  const { inbound, outbound, conflicts, held, pending, aside, waiting, diagnostics } = plan
  const counts = [
    `${inbound.length} in`,
    `${outbound.length} out`,
    ...(conflicts.length > 0 ? [pc.yellow(plural(conflicts.length, 'conflict'))] : []),
    ...(held.length > 0 ? [pc.yellow(`${held.length} held`)] : []),
    ...(pending.length > 0 ? [`${pending.length} pending`] : []),
    ...(aside.length > 0 ? [`${aside.length} set aside`] : []),
  ]
  return [
    `${counts.join(', ')}.`,
    ...section('Into the workspace', inbound.map(entryLine)),
    ...section('Into Git', outbound.map(entryLine)),
    ...section('Changed on both sides', conflicts.map(entryLine)),
    ...section(
      'Waiting for another change',
      waiting.map((one) => `${entryLine(one)} – ${onOneLine(one.reason)}`),
    ),
    ...section(
      'Held',
      held.map(({ message }) => `  ${onOneLine(message)}`),
    ),
    ...section('Pending: a name has no meaning here', pending.map(left)),
    ...section('Set aside', aside.map(left)),
    ...section(
      'Diagnostics',
      diagnostics.map((one) => `  ${sentence(one)}`),
    ),
  ]
}

export function planHasNews({ inbound, outbound, conflicts, held, waiting, stopped }: PlanWire): boolean {
  return stopped || [inbound, outbound, conflicts, held, waiting].some((list) => list.length > 0)
}

const STATES: Readonly<Record<RunSummary['state'], string>> = {
  queued: 'queued',
  running: 'running',
  succeeded: pc.green('succeeded'),
  failed: pc.red('failed'),
  held: pc.yellow('held'),
  'nothing-to-do': 'nothing to do',
}

export function runLine(run: RunSummary): string {
  const { id, state, trigger, counts, createdAt } = run
  const people = peopleOf(run)
  const who = people.length === 0 ? '' : ` by ${onOneLine(people.join(', '))}`
  return `${id}  ${createdAt}  ${trigger}${who}: ${STATES[state]}, ${counts.inbound} in, ${counts.outbound} out`
}

/** How a run ended, with what it did. */
export function runLines(run: Run): string[] {
  const { state, counts, commits, error, diagnostics } = run
  const hint = error?.hint ? ` ${error.hint}` : ''
  return [
    `${STATES[state]}: ${counts.inbound} in, ${counts.outbound} out${counts.conflicts > 0 ? `, ${pc.yellow(plural(counts.conflicts, 'conflict'))}` : ''}`,
    ...commits.map(
      ({ oid, subject, author }) =>
        `  ${pc.yellow(oid.slice(0, 7))} ${onOneLine(subject)} (${onOneLine(author)})`,
    ),
    ...(error === null ? [] : [pc.red(`${onOneLine(error.message)}${onOneLine(hint)} (${error.code})`)]),
    ...diagnostics.map((one) => `  ${sentence(one)}`),
  ]
}
