import { aliasLine } from '../environments/alias-line.ts'
import type { DiagnosticCode, Finding } from '../model/diagnostic.ts'
import { isObject, type Json, type JsonObject, own } from '../model/json.ts'
import { type Path, parsePointer, printPointer } from '../model/json-pointer.ts'
import { isModelKind, type Kind } from '../model/kind.ts'
import type { FileRef, Value } from '../model/resource.ts'
import { excerpt, finding } from './check-shape.ts'
import { didYouMean, nearestNames } from './nearest.ts'

export type ReferenceTarget =
  | 'source'
  | 'destination'
  | 'schema-model'
  | 'model'
  | 'relationship'
  | 'contract'

/** `field` is a JSON pointer; a contract event's contract stands in its path, so its field is the whole (`''`). */
export type Reference = { readonly field: string; readonly target: ReferenceTarget; readonly slug: string }

export type Found = {
  readonly kind: Kind
  readonly slug: string
  /** The actual slug of a model's source, when it is known: joins across two sources are an error. */
  readonly source?: string | undefined
}

/** What exists on the side that is being checked: a folder, a plan's state, or the rows of a database. */
export interface Catalog {
  /** A model is any model, a general one first; a schema model is a parent, related or event model (F21). */
  find(target: ReferenceTarget, slug: string): Found | undefined
  /** For `did you mean`. */
  names(target: ReferenceTarget): Iterable<string>
  /** Targets of which nothing says what exists (offline without a manifest): they are not checked. */
  readonly unchecked?: ReadonlySet<ReferenceTarget>
  /** The alias file that a source or destination could be added to. */
  readonly aliasFile?: string
  /** The workspace of another manifest in the path that knows a source or destination of this name. */
  knownElsewhere?(target: ReferenceTarget, slug: string): string | undefined
}

/** F21, in the order of the file's keys. Values of a wrong type name nothing: they are reported as such. */
export function referencesOf(ref: FileRef, value: JsonObject): Reference[] {
  if (isModelKind(ref.kind)) {
    const sampled = ref.kind === 'models' ? 'model' : 'schema-model'
    return [...one(value, ['source'], 'source'), ...many(value, ['sampling', 'models'], sampled)]
  }
  if (ref.kind === 'model-relationships') {
    return [
      ...one(value, ['from', 'slug'], 'schema-model'),
      ...one(value, ['to', 'slug'], 'schema-model'),
      ...many(value, ['through'], 'relationship'),
    ]
  }
  if (ref.kind === 'syncs')
    return [...one(value, ['model'], 'model'), ...one(value, ['destination'], 'destination')]
  if (ref.kind === 'contract-events') {
    return [{ field: '', target: 'contract', slug: ref.slug.slice(0, ref.slug.indexOf('/')) }]
  }
  return []
}

function one(value: JsonObject, path: Path, target: ReferenceTarget): Reference[] {
  const slug = at(value, path)
  return typeof slug === 'string' ? [{ field: printPointer(path), target, slug }] : []
}

function many(value: JsonObject, path: Path, target: ReferenceTarget): Reference[] {
  const slugs = at(value, path)
  if (!Array.isArray(slugs)) return []
  return slugs.flatMap((slug: Json, i) =>
    typeof slug === 'string' ? [{ field: printPointer([...path, i]), target, slug }] : [],
  )
}

function at(value: JsonObject, path: Path): Json | undefined {
  let node: Json | undefined = value
  for (const key of path) node = isObject(node) ? own(node, String(key)) : undefined
  return node
}

const CODES: Readonly<Record<ReferenceTarget, DiagnosticCode>> = {
  source: 'unresolved-source',
  destination: 'unresolved-destination',
  model: 'unresolved-model',
  'schema-model': 'unresolved-model',
  relationship: 'unresolved-relationship',
  contract: 'unresolved-contract',
}

const WORDS: Readonly<Record<ReferenceTarget, string>> = {
  source: 'source',
  destination: 'destination',
  model: 'model',
  'schema-model': 'parent, related or event model',
  relationship: 'relationship',
  contract: 'event contract',
}

/** F21: what does not resolve, and joins across two sources. `value` is the value after aliases (E1). */
export function checkReferences(ref: FileRef, value: Value, catalog: Catalog): Finding[] {
  const findings = referencesOf(ref, value).flatMap((reference) => checkReference(reference, catalog))
  return ref.kind === 'model-relationships' ? [...findings, ...checkSources(value, catalog)] : findings
}

function checkReference(reference: Reference, catalog: Catalog): Finding[] {
  const { target, slug } = reference
  if (catalog.unchecked?.has(target) || catalog.find(target, slug) !== undefined) return []
  const workspace = catalog.knownElsewhere?.(target, slug)
  const known = workspace === undefined ? '' : ` here; the workspace \`${workspace}\` has it`
  const message = `There is no ${WORDS[target]} \`${excerpt(slug)}\`${known}.`
  const hint = mend(reference, catalog)
  const severity = workspace === undefined ? 'error' : 'warning'
  return [finding(CODES[target], parsePointer(reference.field), { message, hint, severity })]
}

function mend({ target, slug }: Reference, catalog: Catalog): string {
  const names = [...catalog.names(target)]
  const nearest = didYouMean(nearestNames(slug, names))
  if (target !== 'source' && target !== 'destination')
    return nearest ?? 'Add its file, or change the name here.'
  const file = catalog.aliasFile === undefined ? "the workspace's alias file" : `\`${catalog.aliasFile}\``
  const line = `\`${aliasLine(excerpt(slug), names)}\``
  const add = `add ${line} under \`${target}s:\` in ${file}.`
  return nearest === null ? `Create it in the app, or ${add}` : `${nearest} If not, ${add}`
}

/** Rows of two sources cannot be joined. A source that is not known says nothing. */
function checkSources(value: Value, catalog: Catalog): Finding[] {
  const [from, to] = [['from', 'slug'] as const, ['to', 'slug'] as const].map((path) => {
    const slug = at(value, path)
    return typeof slug === 'string' ? catalog.find('schema-model', slug) : undefined
  })
  if (from?.source === undefined || to?.source === undefined || from.source === to.source) return []
  const message = `\`${from.slug}\` is in the source \`${from.source}\` and \`${to.slug}\` in \`${to.source}\`: rows of two sources cannot be joined.`
  const hint = 'Relate two models of one source, or bring the data of one into the other.'
  return [finding('cross-source-relationship', ['to', 'slug'], { message, hint })]
}
