import { isObject, type JsonObject } from '../../core/model/json.ts'
import { isKind, KIND_WORDS } from '../../core/model/kind.ts'
import type { AuditEntry, AuditOriginWire } from '../../core/wire/audit.ts'
import type { FieldChangeWire } from '../../core/wire/plan.ts'
import { shortOid } from '../git/git-words.ts'
import { paths } from '../paths.ts'
import { count, listWords, sentence } from '../words/count.ts'
import { pointerWords } from '../words/field-words.ts'

/** An entry of the audit log as it is read: who did `did` to `what`, and then the facts. */
export type AuditLine = {
  readonly did: string
  readonly what: { readonly text: string; readonly to: string | null } | null
  readonly facts: readonly string[]
}

type Entry = Pick<AuditEntry, 'action' | 'subject' | 'detail'>
type Reading = {
  readonly did: string
  readonly what?: (subject: string, ws: string, detail: JsonObject) => AuditLine['what']
}

const plain = (text: string) => ({ text, to: null })
const run = (subject: string, ws: string) => ({ text: 'the run', to: paths.run(ws, subject) })
/** Entries of old named some things by id, and had the name in the detail. */
const byDetail = (key: string) => (subject: string, _: string, detail: JsonObject) =>
  typeof detail[key] === 'string' ? plain(detail[key]) : subject === '' ? null : plain(subject)

function resource(subject: string, ws: string): AuditLine['what'] {
  const slash = subject.indexOf('/')
  const [kind, slug] = [subject.slice(0, slash), subject.slice(slash + 1)]
  return isKind(kind)
    ? { text: `${KIND_WORDS[kind]} ${slug}`, to: paths.resource(ws, kind, slug) }
    : plain(subject)
}

const READINGS: Readonly<Record<string, Reading>> = {
  'resource.create': { did: 'Created', what: resource },
  'resource.save': { did: 'Saved', what: resource },
  'resource.delete': {
    did: 'Deleted',
    what: (subject, ws) => ({ text: resource(subject, ws)?.text ?? subject, to: paths.deleted(ws) }),
  },
  'resource.restore': { did: 'Restored', what: resource },
  'request.cut-off': { did: 'Asked for what the server did not finish, and may have done:', what: plain },
  'resource.batch': { did: 'Saved several changes together' },
  'source.clone': { did: 'Copied', what: resource },
  'git.connect': { did: 'Connected', what: byDetail('url') },
  'git.disconnect': { did: 'Disconnected', what: (url) => plain(url === '' ? 'the repository' : url) },
  'git.apply': { did: 'Changes came in from Git' },
  'git.sync': { did: 'Started', what: (subject, ws) => ({ text: 'a sync', to: paths.run(ws, subject) }) },
  'git.plan': { did: 'Asked for a plan, by', what: run },
  'git.approve': { did: 'Approved what was held by', what: run },
  'git.put-back': { did: 'Put the last good version back, by', what: run },
  'git.mend-references': { did: 'Mended old names in files, by', what: run },
  'git.set-aside': { did: 'Set a file aside:', what: plain },
  'git.close-review': { did: 'Closed the review on', what: plain },
  'git.allow-secret': { did: 'Let into Git what looks like a secret, in', what: plain },
  'git.webhook-secret': { did: 'Made a webhook secret' },
  'git.resolve': {
    did: 'Settled',
    what: (_, ws) => ({ text: 'a conflict', to: paths.conflicts(ws) }),
  },
  'git.rollback': {
    did: 'Went back to',
    what: (subject, ws) => ({ text: shortOid(subject), to: paths.version(ws, subject) }),
  },
  'promotion.make': { did: 'Promoted resources from', what: byDetail('from') },
  'promotion.propose': { did: 'Proposed a promotion from', what: byDetail('from') },
  'promotion.undo': { did: 'Took a promotion back' },
  'git.rename-alias': { did: 'Renamed the alias', what: plain },
  'git.aliases': { did: 'Named sources and destinations in files' },
  'member.add': { did: 'Added member', what: byDetail('email') },
  'member.change': { did: 'Changed the role of', what: byDetail('email') },
  'member.remove': { did: 'Removed member', what: byDetail('email') },
  'invitation.create': { did: 'Invited', what: plain },
  'invitation.revoke': { did: 'Revoked the invitation of', what: plain },
  'invitation.accept': { did: 'Accepted the invitation for', what: plain },
  'session.end': { did: 'Ended a session of', what: plain },
  'person.sign-in': { did: 'Signed in as', what: plain },
  'api-key.create': { did: 'Created API key', what: byDetail('name') },
  'api-key.revoke': { did: 'Revoked API key', what: plain },
  'person.change': { did: 'Changed name or commit address of', what: plain },
  'person.password': { did: 'Changed their password' },
  'workspace.create': { did: 'Created workspace', what: plain },
  'workspace.change': { did: 'Changed workspace', what: plain },
  'workspace.archive': { did: 'Archived workspace', what: plain },
  'workspace.restore': { did: 'Restored workspace', what: plain },
}

const TAKES: Readonly<Record<string, string>> = {
  workspace: "took the workspace's side",
  git: "took Git's side",
  value: 'wrote the result field by field',
}

/** How the facts of an entry read; a fact that is not here stands under its own name. */
const FACTS: Readonly<Record<string, (value: unknown) => string | null>> = {
  // These name the subject, or say nothing to a person.
  url: () => null,
  email: () => null,
  digest: () => null,
  asked: () => null,
  secretsSet: (list) => `secret set: ${listOf(list)}`,
  secretsRemoved: (list) => `secret removed: ${listOf(list)}`,
  changeSet: () => null,
  branch: (branch) => `branch ${branch}`,
  path: (path) => (path === '' ? null : `path ${path}`),
  full: (full) => (full === true ? 'full resync' : null),
  role: (role) => `role ${role}`,
  changes: (n) => (typeof n === 'number' ? count(n, 'change') : null),
  workspace: (slug) => `to workspace ${slug}`,
  copiedFrom: (slug) => `from workspace ${slug}`,
  credentials: (how) => `credentials ${how}`,
  run: () => null,
  take: (take) => TAKES[String(take)] ?? String(take),
  gitSync: (on) => `Git Sync ${on === true ? 'on' : 'off'}`,
  name: (name) => `name ${name}`,
  dropped: (what) =>
    what === 'give-up' ? 'what was dropped is given up here too' : 'what was dropped is sent again',
  kind: (kind) => (typeof kind === 'string' && isKind(kind) ? KIND_WORDS[kind] : String(kind)),
  slug: String,
}

function listOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value)
}

export function auditLine(ws: string, { action, subject, detail }: Entry): AuditLine {
  const reading = Object.hasOwn(READINGS, action) ? READINGS[action] : undefined
  // The server sends JSON, and an object in an audit entry is one of text, numbers and maps.
  const known = (detail ?? {}) as JsonObject
  if (reading === undefined)
    return { did: action, what: subject === null ? null : plain(subject), facts: factsOf(known) }
  const what = reading.what?.(subject ?? '', ws, known) ?? null
  const told = action === 'api-key.create' ? { ...known, name: undefined } : known
  return { did: reading.did, what, facts: factsOf(told) }
}

const ORIGINS: Readonly<Record<AuditOriginWire, string>> = {
  page: 'web page',
  'api-key': 'API key',
  cli: 'command line',
  engine: 'sync',
}

export function originWord(origin: AuditOriginWire): string {
  return sentence(ORIGINS[origin])
}

const AREAS: Readonly<Record<string, string>> = {
  resource: 'Resources',
  request: 'Requests',
  source: 'Sources',
  git: 'Git',
  member: 'Members',
  invitation: 'Invitations',
  session: 'Sessions',
  'api-key': 'API keys',
  person: 'Accounts',
  workspace: 'Workspace',
  review: 'Reviews',
  environment: 'Environments',
}

/** The first word of an action, as a group to filter by. */
export function areaWord(area: string): string {
  return Object.hasOwn(AREAS, area) ? (AREAS[area] ?? area) : sentence(area)
}

const FIELDS_TOLD = 4

/** `role viewer → admin`, `branch main`, `no expiresAt`. */
function valueWords({ path, before, after }: FieldChangeWire): string {
  const short = (value: unknown) =>
    typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\d)T\S+Z$/, '$1') : JSON.stringify(value)
  if (after === undefined || after === null) return `no ${pointerWords(path)}`
  return `${pointerWords(path)} ${before === undefined ? '' : `${short(before)} → `}${short(after)}`
}

/** What was changed, in a few words: the fields of one thing, or how many things. */
export function changedWords({ changes, omitted }: Pick<AuditEntry, 'changes' | 'omitted'>): string[] {
  const [first, ...others] = changes
  if (first === undefined) return []
  if (others.length > 0) return [count(changes.length + omitted, 'resource')]
  if (first.resource === null) return [listWords(first.fields.map(valueWords), FIELDS_TOLD)]
  const isNew = first.fields.every(({ before }) => before === undefined)
  const isGone = first.fields.every(({ after }) => after === undefined)
  if (isNew || isGone) return []
  return [listWords([...new Set(first.fields.map(({ path }) => pointerWords(path)))], FIELDS_TOLD)]
}

function factsOf(detail: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(detail).flatMap(([key, value]) => {
    if (value === undefined || value === null) return []
    if (Object.hasOwn(FACTS, key)) return FACTS[key]?.(value) ?? []
    if (isObject(value)) return Object.entries(value).map(([from, to]) => `${from} is ${String(to)}`)
    return [`${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`]
  })
}
