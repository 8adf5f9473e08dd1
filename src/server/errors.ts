import { PROBLEM_STATUS, type Problem, type ProblemCode } from '../core/wire/problem.ts'
import { GitError } from '../git/git-error.ts'
import { HostError } from '../git/hosts/host-error.ts'
import { SecretBoxError } from '../store/secret-box.ts'
import { WarehouseError } from '../warehouse/warehouse-error.ts'
import { SyncError } from './jobs/sync/sync-error.ts'
import { ProblemError, type ProblemExtras } from './problem-error.ts'

/** `fault`: ours, to be logged; everything else is an answer that the asker can act on. */
export type Answer = {
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>
  readonly fault: boolean
}

const TITLES: Readonly<Record<ProblemCode, string>> = {
  'bad-request': 'The request cannot be read',
  'invalid-body': 'The body is not right',
  'invalid-query': 'The query is not right',
  'invalid-cursor': 'The cursor is not known',
  'not-signed-in': 'Sign in first',
  'webhook-refused': 'The delivery is refused',
  'wrong-credentials': 'E-mail address or password is wrong',
  forbidden: 'Your role does not allow this',
  'cross-site': 'Refused: made by another site',
  'not-found': 'Not found',
  'slug-taken': 'The slug is taken',
  'still-referenced': 'Something still refers to it',
  'already-connected': 'Already connected',
  'branch-in-use': 'Another workspace uses this branch and path',
  'not-connected': 'No repository is connected',
  'git-sync-off': 'Git Sync is off for this workspace',
  'workspace-archived': 'The workspace is archived',
  'conflict-settled': 'The conflict is settled',
  'not-blocked': 'No commit with errors is in the way',
  'alias-waits': 'The alias cannot be renamed now',
  'not-held': 'This run waits for no consent',
  'approval-stale': 'The held changes are others by now',
  'review-ended': 'The review is merged or closed already',
  stale: 'Somebody changed it meanwhile',
  'body-too-large': 'The body is too large',
  'unsupported-media-type': 'The body is not JSON',
  'invalid-value': 'The value has faults',
  'invalid-setting': 'A setting is not right',
  'no-connector': 'There is no connector for this type',
  'revision-required': 'Say which revision the change was made on',
  'too-many-attempts': 'Too many attempts',
  internal: 'A fault of ours',
  'source-failed': 'The source refused',
  'git-unreachable': 'The repository cannot be reached',
  'git-failed': 'Git failed',
  'not-ready': 'Not ready',
}

const UNREACHABLE = new Set(['unreachable', 'timeout', 'busy', 'server-error'])

/** The one way from anything thrown to an answer. */
export function toAnswer(error: unknown, requestId: string): Answer {
  if (error instanceof ProblemError) {
    return answer(error.code, error.message, { extras: error.extras, headers: error.headers })
  }
  if (error instanceof WarehouseError) {
    const hint = error.hint === null ? '' : ` ${error.hint}`
    return answer('source-failed', `${error.message}${hint}`, {
      more: { reason: error.code, position: error.position },
    })
  }
  if (error instanceof GitError) {
    const code = UNREACHABLE.has(error.code) ? 'git-unreachable' : 'git-failed'
    return answer(code, error.message, { more: { reason: error.code } })
  }
  if (error instanceof HostError) {
    const code = error.code === 'unreachable' ? 'git-unreachable' : 'git-failed'
    return answer(code, error.message, { more: { reason: `host-${error.code}` } })
  }
  if (error instanceof SyncError) {
    const hint = error.hint === null ? '' : ` ${error.hint}`
    return answer('git-failed', `${error.message}${hint}`, { more: { reason: error.code } })
  }
  if (error instanceof SecretBoxError) return { ...answer('internal', error.message), fault: true }
  if (isUnstorableText(error)) {
    return answer('invalid-body', 'A text holds a NUL character, which cannot be stored. Take it out.')
  }
  if (error instanceof SyntaxError && error.message.includes('JSON')) {
    return answer('bad-request', 'The request holds something that is not JSON.')
  }
  return {
    ...answer('internal', `This should not happen. The server's log has more under ${requestId}.`, {
      more: { requestId },
    }),
    fault: true,
  }
}

/** PostgreSQL's `untranslatable_character` and `character_not_in_repertoire`. */
function isUnstorableText(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '22P05' || error.code === '22021')
}

function answer(
  code: ProblemCode,
  detail: string,
  rest: {
    readonly extras?: ProblemExtras
    readonly headers?: Readonly<Record<string, string>>
    readonly more?: Readonly<Record<string, unknown>>
  } = {},
): Answer {
  const problem: Problem = {
    type: `urn:tandem:problem:${code}`,
    title: TITLES[code],
    status: PROBLEM_STATUS[code],
    code,
    detail,
    ...rest.extras,
    ...rest.more,
  }
  return { problem, headers: rest.headers ?? {}, fault: false }
}

export function problemResponse({ problem, headers }: Answer): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  })
}
