import { type AliasSection, aliasedField, resolveAliases } from '../environments/aliases.ts'
import { diagnoseFinding } from '../format/diagnose.ts'
import { createLocator } from '../format/locate.ts'
import type { Diagnostic, Finding } from '../model/diagnostic.ts'
import { own } from '../model/json.ts'
import { printPointer } from '../model/json-pointer.ts'
import type { Kind } from '../model/kind.ts'
import { resourceKey } from '../model/resource.ts'
import { type CatalogItem, catalogOf } from '../plan/catalog.ts'
import { catalogItem, type Environment, hasName, knowsName } from './environment.ts'
import { type Catalog, checkReferences, type ReferenceTarget } from './references.ts'
import type { FolderResource } from './repository.ts'

const SECTION_OF_TARGET: Partial<Record<ReferenceTarget, AliasSection>> = {
  source: 'sources',
  destination: 'destinations',
}

export function namesConnection({ ref, value }: FolderResource): boolean {
  const field = aliasedField(ref.kind)
  return field !== null && value !== null && typeof own(value, field.key) === 'string'
}

/**
 * F21 over a folder. `own` are the workspaces that are asked; a source or destination is unknown when none of
 * them knows it, every other problem counts in whichever it is one. `all` are those of the path.
 */
export function checkFolderReferences(
  resources: readonly FolderResource[],
  own: readonly Environment[],
  all: readonly Environment[],
): Diagnostic[] {
  const names = namesByKind(resources)
  const catalogs = own.map((environment) => folderCatalog(resources, names, environment, all))
  return resources.flatMap((resource) => {
    const { ref, value, path, text } = resource
    if (value === null) return []
    const perEnvironment = catalogs.map((catalog, i) => {
      const environment = own[i]
      if (environment === undefined) return []
      const findings = checkReferences(ref, resolveAliases(ref.kind, value, environment.aliases), catalog)
      return findings.filter((finding) => !isKnownName(finding, resource, environment))
    })
    const findings = combine(perEnvironment)
    if (findings.length === 0) return []
    const locator = createLocator(text)
    return findings.map((finding) => diagnoseFinding(path, locator, finding))
  })
}

function isNameProblem({ code }: Finding): boolean {
  return code === 'unresolved-source' || code === 'unresolved-destination'
}

/** A name that is an alias is known: where it leads nowhere, that is told at the alias. */
function isKnownName(finding: Finding, { ref, value }: FolderResource, environment: Environment): boolean {
  const field = isNameProblem(finding) && value !== null ? aliasedField(ref.kind) : null
  const name = field === null || value === null ? undefined : own(value, field.key)
  return field !== null && typeof name === 'string' && knowsName(environment, field.section, name)
}

function combine(perEnvironment: readonly (readonly Finding[])[]): Finding[] {
  const keyOf = (finding: Finding) => `${finding.code} ${printPointer(finding.path)}`
  const found = new Map<string, Finding>()
  for (const finding of perEnvironment.flat()) {
    const key = keyOf(finding)
    const everywhere = perEnvironment.every((findings) => findings.some((other) => keyOf(other) === key))
    if (!found.has(key) && (everywhere || !isNameProblem(finding))) found.set(key, finding)
  }
  return [...found.values()]
}

function namesByKind(resources: readonly FolderResource[]): Map<Kind, string[]> {
  const names = new Map<Kind, string[]>()
  for (const { ref } of resources) {
    const known = names.get(ref.kind)
    if (known === undefined) names.set(ref.kind, [ref.slug])
    else known.push(ref.slug)
  }
  return names
}

/** Ten thousand broken references among ten thousand names would cost minutes of "did you mean": the last go without. */
const NAMES_TO_COMPARE = 250_000

function folderCatalog(
  resources: readonly FolderResource[],
  names: ReadonlyMap<Kind, readonly string[]>,
  environment: Environment,
  all: readonly Environment[],
): Catalog {
  const { aliases, manifest, workspace } = environment
  const items = new Map<string, CatalogItem>()
  for (const { ref, value } of resources) {
    const key = resourceKey(ref)
    // A broken file still resolves; of two with one slug the first counts.
    if (!items.has(key)) items.set(key, value === null ? {} : catalogItem(environment, ref, value))
  }
  for (const section of ['sources', 'destinations'] as const) {
    for (const slug of manifest?.[section].keys() ?? []) items.set(resourceKey({ kind: section, slug }), {})
  }
  let budget = NAMES_TO_COMPARE
  const catalog = catalogOf(
    (key) => items.get(key),
    (kind) => {
      budget -= names.get(kind)?.length ?? 0
      if (budget < 0) return []
      if (kind !== 'sources' && kind !== 'destinations') return names.get(kind) ?? []
      return [...aliases[kind].keys(), ...(manifest?.[kind].keys() ?? [])]
    },
  )
  return {
    ...catalog,
    ...(workspace === null ? {} : { aliasFile: `aliases-${workspace}.yaml` }),
    unchecked: new Set<ReferenceTarget>(manifest === null ? ['source', 'destination'] : []),
    knownElsewhere(target, slug) {
      const section = SECTION_OF_TARGET[target]
      if (section === undefined) return undefined
      return all.find((other) => hasName(other, section, slug))?.workspace ?? undefined
    },
  }
}
