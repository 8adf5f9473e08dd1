import type { CheckAnnotation, CheckReport } from '../host.ts'
import type { Rest } from '../rest.ts'
import { CheckRuns, Done } from './answers.ts'
import { rightName } from './rights.ts'

/** GitHub takes so many with one request, and adds those of the next to them. */
const ANNOTATIONS_PER_REQUEST = 50
const ANNOTATIONS_MAX = 1_000
const SUMMARY_MAX = 65_000
const DESCRIPTION_MAX = 140

/** A check run, which Apps alone may write: with annotations at file and line. */
export async function reportCheckRun(rest: Rest, repo: string, report: CheckReport): Promise<void> {
  const right = rightName('checks', 'app')
  const { check_runs } = await rest.call({
    method: 'GET',
    path: `${repo}/commits/${report.oid}/check-runs`,
    query: { check_name: report.name, filter: 'latest' },
    answer: CheckRuns,
    right,
    absent: 'right',
  })
  const annotations = report.annotations.slice(0, ANNOTATIONS_MAX).map(annotationOf)
  const [first = [], ...more] = chunks(annotations)
  const output = { title: report.title, summary: report.summary.slice(0, SUMMARY_MAX) }
  const body = { ...stateOf(report), output: { ...output, annotations: first } }
  const existing = check_runs[0]?.id
  const { id } = await rest.call({
    ...(existing === undefined
      ? {
          method: 'POST',
          path: `${repo}/check-runs`,
          body: { ...body, name: report.name, head_sha: report.oid },
        }
      : { method: 'PATCH', path: `${repo}/check-runs/${existing}`, body }),
    answer: CheckRuns.shape.check_runs.element,
    right,
    absent: 'right',
  })
  for (const next of more) {
    await rest.call({
      method: 'PATCH',
      path: `${repo}/check-runs/${id}`,
      body: { output: { ...output, annotations: next } },
      answer: Done,
      right,
      absent: 'right',
    })
  }
}

function stateOf({ state, url }: CheckReport) {
  const details = url === null ? {} : { details_url: url }
  if (state === 'running') return { status: 'in_progress', ...details }
  return { status: 'completed', conclusion: state === 'passed' ? 'success' : 'failure', ...details }
}

const LEVEL = { error: 'failure', warning: 'warning', notice: 'notice' } as const

function annotationOf({ file, line, severity, message }: CheckAnnotation) {
  return { path: file, start_line: line, end_line: line, annotation_level: LEVEL[severity], message }
}

function chunks<T>(list: readonly T[]): T[][] {
  const count = Math.ceil(list.length / ANNOTATIONS_PER_REQUEST)
  return Array.from({ length: count }, (_, i) =>
    list.slice(i * ANNOTATIONS_PER_REQUEST, (i + 1) * ANNOTATIONS_PER_REQUEST),
  )
}

/** A commit status, which tokens may write: of one name the last one counts. */
export async function reportStatus(rest: Rest, repo: string, report: CheckReport): Promise<void> {
  const { state, url } = report
  await rest.call({
    method: 'POST',
    path: `${repo}/statuses/${report.oid}`,
    body: {
      context: report.name,
      state: state === 'running' ? 'pending' : state === 'passed' ? 'success' : 'failure',
      description: report.title.slice(0, DESCRIPTION_MAX),
      ...(url === null ? {} : { target_url: url }),
    },
    answer: Done,
    right: rightName('checks', 'token'),
    absent: 'right',
  })
}
