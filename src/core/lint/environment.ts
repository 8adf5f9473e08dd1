import {
  type Aliases,
  type AliasSection,
  aliasedField,
  NO_ALIASES,
  resolveAlias,
  resolveAliases,
} from '../environments/aliases.ts'
import type { Manifest } from '../format/read-file.ts'
import { own } from '../model/json.ts'
import type { FileRef, FileValue } from '../model/resource.ts'
import type { CatalogItem } from '../plan/catalog.ts'

/** What names mean in one workspace, as far as the folder tells. */
export type Environment = {
  /** Null for a folder that says nothing about any workspace. */
  readonly workspace: string | null
  readonly aliases: Aliases
  /** Null when there is none or it cannot be read: then nothing says what exists. */
  readonly manifest: Manifest | null
}

export const NO_ENVIRONMENT: Environment = { workspace: null, aliases: NO_ALIASES, manifest: null }

/** The name is an alias (a faulty one is told at its line) or leads to something that the manifest has. */
export function knowsName(environment: Environment, section: AliasSection, name: string): boolean {
  const { aliases, manifest } = environment
  return manifest === null || aliases[section].has(name) || manifest[section].has(name)
}

/** Knows it for certain: the name leads to something that the manifest has. */
export function hasName(environment: Environment, section: AliasSection, name: string): boolean {
  const meaning = resolveAlias(name, section, environment.aliases)
  return meaning.kind === 'slug' && environment.manifest?.[section].has(meaning.slug) === true
}

/** A model's source in this workspace; left out where it is not known which it is. */
export function catalogItem(environment: Environment, ref: FileRef, value: FileValue): CatalogItem {
  const { manifest } = environment
  if (aliasedField(ref.kind)?.key !== 'source') return {}
  const source = own(resolveAliases(ref.kind, value, environment.aliases), 'source')
  return typeof source === 'string' && (manifest === null || manifest.sources.has(source)) ? { source } : {}
}
