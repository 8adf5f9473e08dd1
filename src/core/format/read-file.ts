import type { Aliases } from '../environments/aliases.ts'
import { checkFields, describeValue, finding } from '../lint/check-shape.ts'
import { checkValue } from '../lint/resource.ts'
import type { Fields } from '../lint/shape.ts'
import { ALIASES_SHAPE, MANIFEST_SHAPE } from '../lint/shapes.ts'
import type { Diagnostic, Finding } from '../model/diagnostic.ts'
import { isObject, type JsonObject, own } from '../model/json.ts'
import type { FileRef, FileValue } from '../model/resource.ts'
import { diagnoseFile, diagnoseFinding, diagnoseSpot, sortDiagnostics } from './diagnose.ts'
import { findUnholdable } from './exact-values.ts'
import { isDbtFile, isDbtText, isLfsPointer } from './guest-content.ts'
import type { Limits } from './limits.ts'
import { createLocator } from './locate.ts'
import { type ParsedYaml, parseYaml } from './parse-yaml.ts'
import type { Spot } from './yaml-errors.ts'

export type ReadResource =
  /** Warnings at most. */
  | {
      readonly kind: 'resource'
      readonly path: string
      readonly ref: FileRef
      readonly value: FileValue
      readonly diagnostics: readonly Diagnostic[]
    }
  /** At least one error of the file itself. `value` is what could be read, for references and aliases only. */
  | {
      readonly kind: 'broken'
      readonly path: string
      readonly ref: FileRef
      readonly value: FileValue | null
      readonly diagnostics: readonly Diagnostic[]
    }
  /** Somebody else's file by its content (F4). */
  | { readonly kind: 'guest'; readonly path: string }

/** F18: every problem of the file that needs no other file. `text` is null when the bytes are not UTF-8. */
export function readResource(path: string, ref: FileRef, text: string | null, limits: Limits): ReadResource {
  if (text === null) return { kind: 'broken', path, ref, value: null, diagnostics: [notUtf8(path)] }
  if (isLfsPointer(text)) return { kind: 'guest', path }
  const parsed = parseYaml(text, limits)
  if (isGuest(ref, text, parsed)) return { kind: 'guest', path }
  const { value, diagnostics } = check(path, text, parsed, limits, (mapping) => checkValue(ref.kind, mapping))
  if (value === null || diagnostics.some(({ severity }) => severity === 'error')) {
    return { kind: 'broken', path, ref, value, diagnostics }
  }
  return { kind: 'resource', path, ref, value, diagnostics }
}

function isGuest(ref: FileRef, text: string, parsed: ParsedYaml): boolean {
  if (parsed.kind === 'unreadable') return isDbtText(ref.kind, text)
  return isObject(parsed.value) && isDbtFile(ref.kind, parsed.value)
}

type Checked = { readonly value: JsonObject | null; readonly diagnostics: readonly Diagnostic[] }

function check(
  path: string,
  text: string,
  parsed: ParsedYaml,
  limits: Limits,
  rules: (value: JsonObject) => Finding[],
): Checked {
  const spots = parsed.kind === 'value' ? parsed.problems : [parsed.problem]
  if (parsed.kind === 'unreadable') return { value: null, diagnostics: report(path, text, spots, []) }
  const { value } = parsed
  if (!isObject(value)) return { value: null, diagnostics: report(path, text, spots, [notAMapping(value)]) }
  const unholdable = findUnholdable(value, limits)
  const tooDeep = unholdable.some(({ code }) => code === 'limit-depth')
  const findings = tooDeep ? unholdable : [...unholdable, ...rules(value)]
  return { value: tooDeep ? null : value, diagnostics: report(path, text, spots, findings) }
}

function report(
  path: string,
  text: string,
  spots: readonly Spot[],
  findings: readonly Finding[],
): Diagnostic[] {
  if (spots.length === 0 && findings.length === 0) return []
  const locator = createLocator(text)
  const all = sortDiagnostics([
    ...spots.map((spot) => diagnoseSpot(path, locator, spot)),
    ...findings.map((found) => diagnoseFinding(path, locator, found)),
  ])
  return all.length <= MOST_DIAGNOSTICS ? all : shorten(path, all)
}

/** A hostile file has a hundred thousand faults; nobody reads more than this of them, and each is stored with the run. */
const MOST_DIAGNOSTICS = 1000

function shorten(path: string, all: readonly Diagnostic[]): Diagnostic[] {
  const told = all.slice(0, MOST_DIAGNOSTICS)
  const rest = all.length - told.length
  const severity = all.some((one) => one.severity === 'error') ? 'error' : 'warning'
  const message = `The file has ${rest.toLocaleString('en')} more problems, which are not listed.`
  const hint = 'Mend those that are listed, and check again.'
  return [...told, diagnoseFile(path, { code: 'limit-diagnostics', severity, message, hint })]
}

function notAMapping(value: Parameters<typeof describeValue>[0]): Finding {
  const what = value === null ? 'it is empty' : `it holds ${describeValue(value)}`
  const message = `The file must hold a mapping (\`key: value\` lines), but ${what}.`
  return finding('not-a-mapping', [], {
    message,
    hint: 'Write the keys of the resource, or delete the file.',
  })
}

function notUtf8(path: string): Diagnostic {
  const message = 'The file is not UTF-8 text.'
  return diagnoseFile(path, { code: 'yaml-syntax', severity: 'error', message, hint: 'Save it as UTF-8.' })
}

export type ManifestEntry = { readonly name?: string; readonly type: string }
export type Manifest = {
  readonly sources: ReadonlyMap<string, ManifestEntry>
  readonly destinations: ReadonlyMap<string, ManifestEntry>
  readonly slug?: string
}

/** What the workspace has, as its generated file says. An empty file is an empty manifest. */
export function readManifest(
  path: string,
  text: string | null,
  limits: Limits,
): { manifest: Manifest | null; diagnostics: readonly Diagnostic[] } {
  const { value, diagnostics } = readOwnFile(path, text, limits, MANIFEST_SHAPE)
  if (value === null) return { manifest: null, diagnostics }
  const slug = own(value, 'slug')
  const manifest = {
    sources: entriesOf(value, 'sources'),
    destinations: entriesOf(value, 'destinations'),
    ...(typeof slug === 'string' ? { slug } : {}),
  }
  return { manifest, diagnostics }
}

/** A blank name is none: the entry goes by its slug, for a list would have nothing to show or to click. */
function entriesOf(value: JsonObject, section: 'sources' | 'destinations'): Map<string, ManifestEntry> {
  const entries = new Map<string, ManifestEntry>()
  for (const [slug, entry] of sectionOf(value, section)) {
    const type = isObject(entry) ? own(entry, 'type') : undefined
    const name = isObject(entry) ? own(entry, 'name') : undefined
    const isNamed = typeof name === 'string' && name.trim() !== ''
    if (typeof type === 'string') entries.set(slug, { ...(isNamed ? { name } : {}), type })
  }
  return entries
}

/** A file of comments alone has no aliases. Entries of a wrong type are reported and left out. */
export function readAliases(
  path: string,
  text: string | null,
  limits: Limits,
): { aliases: Aliases | null; diagnostics: readonly Diagnostic[] } {
  const { value, diagnostics } = readOwnFile(path, text, limits, ALIASES_SHAPE)
  if (value === null) return { aliases: null, diagnostics }
  return {
    aliases: { sources: namesOf(value, 'sources'), destinations: namesOf(value, 'destinations') },
    diagnostics,
  }
}

function namesOf(value: JsonObject, section: 'sources' | 'destinations'): Map<string, string> {
  const entries = sectionOf(value, section)
  return new Map(
    entries.flatMap(([alias, slug]) => (typeof slug === 'string' ? [[alias, slug] as const] : [])),
  )
}

function sectionOf(value: JsonObject, section: 'sources' | 'destinations') {
  const entries = own(value, section)
  return isObject(entries) ? Object.entries(entries) : []
}

function readOwnFile(path: string, text: string | null, limits: Limits, shape: Fields): Checked {
  if (text === null) return { value: null, diagnostics: [notUtf8(path)] }
  const parsed = parseYaml(text, limits)
  const isEmpty = parsed.kind === 'value' && parsed.value === null && parsed.problems.length === 0
  if (isEmpty) return { value: {}, diagnostics: [] }
  return check(path, text, parsed, limits, (value) => checkFields(shape, value, [], true))
}
