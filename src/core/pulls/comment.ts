import { IMPACTS } from '../impact/rules.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { KIND_WORDS } from '../model/kind.ts'
import type { HeldReason, LeftEntry, PlanEntry } from '../plan/plan.ts'
import { code } from '../reviews/markdown.ts'
import type { PullPlan } from './pull-plan.ts'

export type PullVerdict = { readonly state: 'passed' | 'failed' | 'running'; readonly title: string }

/** Hosts refuse what is longer than 65,536 characters. */
const COMMENT_MAX = 60_000
type Limits = { readonly changes: number; readonly problems: number }
const LIMITS: Limits = { changes: 100, problems: 50 }
const FEWER: Limits = { changes: 20, problems: 10 }
const FIELDS_MAX = 8
const NAME_MAX = 80
const MESSAGE_MAX = 400

/** The check: it fails on new errors, and on nothing else (S22). */
export function verdictOf(plan: PullPlan, workspace: string): PullVerdict {
  if (plan.kind === 'unmergeable') {
    return { state: 'running', title: 'Waits until it can be merged: there are conflicts' }
  }
  if (plan.kind === 'elsewhere') {
    return { state: 'running', title: 'Not planned: its commits are in a fork alone' }
  }
  const errors = plan.problems.filter(({ severity }) => severity === 'error').length
  if (errors > 0) return { state: 'failed', title: `${counted(errors, 'new error')}: nothing would come in` }
  return { state: 'passed', title: changesLine(plan, workspace) }
}

/** The comment under the pull request, in Markdown. Names and messages come from files: all of it is quoted. */
export function pullComment(plan: PullPlan, about: About): string {
  const whole = write(plan, about, LIMITS)
  return whole.length > COMMENT_MAX ? write(plan, about, FEWER) : whole
}

type About = {
  readonly workspace: string
  /** The folder of the repository that the plan's files are in; '' is its root. */
  readonly path: string
  readonly head: string
  readonly url: string | null
}

function write(plan: PullPlan, about: About, limits: Limits): string {
  const title = `### What merging does in the workspace ${code(about.workspace)}`
  const from = `Planned for ${code(about.head.slice(0, 7))}.`
  const parts = partsOf(plan, about, limits)
  const foot = about.url === null ? from : `${from} [Open the workspace](${about.url})`
  return [title, ...parts.filter((part) => part !== ''), foot].join('\n\n')
}

function partsOf(plan: PullPlan, about: About, limits: Limits): string[] {
  switch (plan.kind) {
    case 'planned':
      return plannedParts(plan, about, limits)
    case 'unmergeable':
      return [
        'It cannot be merged as it is: there are conflicts. It is planned again when they are resolved.',
        list(
          plan.files.map((file) => name(file, 2 * NAME_MAX)),
          limits.changes,
        ),
      ]
    case 'elsewhere':
      return [
        'There is no plan: this host keeps the commits of a fork in the fork alone, and no fork is asked. Push the branch to this repository to have it planned.',
      ]
  }
}

function plannedParts(plan: Planned, { workspace, path }: About, limits: Limits): string[] {
  const { changes, conflicts, pending, held, problems, isFork } = plan
  const errors = problems.filter(({ severity }) => severity === 'error')
  // A file that waits is told once.
  const waits = new Set(pending.map((file) => file.path))
  const others = problems.filter(({ severity, file }) => severity !== 'error' && !waits.has(file))
  return [
    errors.length > 0
      ? `**${counted(errors.length, 'new error')}.** Until it is mended nothing would come in.`
      : changesLine(plan, workspace),
    list(
      errors.map((one) => problemWords(one, path)),
      limits.problems,
    ),
    list(sorted(changes).map(changeWords), limits.changes),
    ...(conflicts.length > 0
      ? [
          `**${counted(conflicts.length, 'conflict')}** with what was saved in the workspace; somebody will have to choose there:`,
          list(conflicts.map(nameOf), limits.changes),
        ]
      : []),
    ...(pending.length > 0
      ? [
          `**${counted(pending.length, 'file')}** would wait here, for a name that this workspace does not know:`,
          list(
            pending.map((one) => pendingWords(one, path)),
            limits.problems,
          ),
        ]
      : []),
    held.length > 0
      ? `It will wait for the consent of an admin: ${held.map((one) => HELD[one]).join(', ')}.`
      : '',
    ...(others.length > 0
      ? [
          'Also new:',
          list(
            others.map((one) => problemWords(one, path)),
            limits.problems,
          ),
        ]
      : []),
    isFork ? 'It comes from a fork: its changes to alias files and manifests are left out of this plan.' : '',
  ]
}

const HELD: Readonly<Record<HeldReason, string>> = {
  deletions: 'it deletes a large part of the workspace',
  reassignment: 'it gives many resources another source or destination',
  approval: 'this workspace asks for approval of what comes in',
  'path-emptied': 'it empties the path',
  'branch-gone': 'the branch is gone',
  'history-rewritten': 'the history was rewritten',
}

type Planned = Extract<PullPlan, { kind: 'planned' }>

function changesLine({ changes, pending }: Planned, workspace: string): string {
  if (changes.length === 0) {
    const waits = pending.length === 0 ? '' : `: ${counted(pending.length, 'file')} would wait for a name`
    return `Nothing changes in ${workspace}${waits}`
  }
  const words = IMPACTS.toReversed().flatMap((word) => {
    const count = changes.filter(({ impact }) => impact.word === word).length
    return count === 0 ? [] : [`${count} ${word}`]
  })
  return `${counted(changes.length, 'resource')} ${changes.length === 1 ? 'changes' : 'change'}: ${words.join(', ')}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** The worst first. */
function sorted(changes: readonly PlanEntry[]): PlanEntry[] {
  return changes.toSorted((a, b) => IMPACTS.indexOf(b.impact.word) - IMPACTS.indexOf(a.impact.word))
}

const VERBS = { added: 'Add', changed: 'Change', removed: 'Delete', renamed: 'Rename' } as const

function changeWords(entry: PlanEntry): string {
  const { change, from, fields, impact } = entry
  const was = from === undefined ? '' : `, until now ${name(from)}`
  const names = fields.slice(0, FIELDS_MAX).map(({ path }) => name(path.slice(1)))
  const more = fields.length > FIELDS_MAX ? [`${fields.length - FIELDS_MAX} more`] : []
  const isWhole = change === 'added' || change === 'removed'
  const what = isWhole || fields.length === 0 ? '' : `: ${[...names, ...more].join(', ')}`
  const reasons = [...new Set(impact.reasons.map(({ why }) => why))].slice(0, 3)
  const why = reasons.length === 0 ? '' : ` (${reasons.join('; ')})`
  return `**${impact.word}** ${VERBS[change]} ${nameOf(entry)}${was}${what}${why}`
}

function nameOf({ kind, slug }: PlanEntry): string {
  return `${KIND_WORDS[kind]} ${name(slug)}`
}

function pendingWords({ path, reason }: LeftEntry, folder: string): string {
  return `${name(below(folder, path), 2 * NAME_MAX)}: ${name(reason, MESSAGE_MAX)}`
}

function problemWords({ severity, file, line, message, hint }: Diagnostic, folder: string): string {
  const text = hint === null ? message : `${message} ${hint}`
  return `${severity} at ${name(`${below(folder, file)}:${line}`, 2 * NAME_MAX)}: ${name(text, MESSAGE_MAX)}`
}

/** From the root of the repository. */
export function below(folder: string, file: string): string {
  return folder === '' ? file : `${folder}/${file}`
}

function name(text: string, max = NAME_MAX): string {
  return code(text.length > max ? `${text.slice(0, max)}…` : text)
}

function list(lines: readonly string[], max: number): string {
  const more = lines.length > max ? [`and ${lines.length - max} more`] : []
  return [...lines.slice(0, max), ...more].map((line) => `- ${line}`).join('\n')
}
