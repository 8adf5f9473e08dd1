import { referencesOf } from '../lint/references.ts'
import { own } from '../model/json.ts'
import { type FileRef, type FileValue, type ResourceKey, resourceKey } from '../model/resource.ts'
import { TARGET_KINDS } from '../plan/catalog.ts'
import { type Aliases, type AliasSection, aliasedField, resolveAlias } from './aliases.ts'

/** E4: why a file waits: its source or destination means nothing here, or something that it needs waits. */
export type Pending =
  | { readonly kind: 'unknown-name'; readonly section: AliasSection; readonly name: string }
  | { readonly kind: 'refers'; readonly to: FileRef }

export type SpelledFile = { readonly ref: FileRef; readonly value: FileValue }

/** The files that wait, each with its first reason; transitive, whatever the order of the files. */
export function findPending(
  files: readonly SpelledFile[],
  aliases: Aliases,
  knows: (section: AliasSection, slug: string) => boolean,
): Map<ResourceKey, Pending> {
  const pending = new Map<ResourceKey, Pending>()
  const there = new Map(files.map(({ ref }) => [resourceKey(ref), ref]))
  const referrers = new Map<ResourceKey, FileRef[]>()
  for (const { ref, value } of files) {
    for (const { target, slug } of referencesOf(ref, value)) {
      const to = TARGET_KINDS[target].map((kind) => resourceKey({ kind, slug })).find((key) => there.has(key))
      if (to === undefined) continue
      const others = referrers.get(to)
      if (others === undefined) referrers.set(to, [ref])
      else others.push(ref)
    }
  }
  const found: FileRef[] = []
  for (const { ref, value } of files) {
    const unknown = unknownName(ref, value, aliases, knows)
    if (unknown === null) continue
    pending.set(resourceKey(ref), unknown)
    found.push(ref)
  }
  for (const to of found) {
    for (const ref of referrers.get(resourceKey(to)) ?? []) {
      if (pending.has(resourceKey(ref))) continue
      pending.set(resourceKey(ref), { kind: 'refers', to })
      // the loop goes on with what is added here
      found.push(ref)
    }
  }
  return pending
}

function unknownName(
  ref: FileRef,
  value: FileValue,
  aliases: Aliases,
  knows: (section: AliasSection, slug: string) => boolean,
): Pending | null {
  const field = aliasedField(ref.kind)
  const name = field === null ? undefined : own(value, field.key)
  if (field === null || typeof name !== 'string') return null
  const { section } = field
  const meaning = resolveAlias(name, section, aliases)
  if (meaning.kind === 'slug' && knows(section, meaning.slug)) return null
  return { kind: 'unknown-name', section, name }
}
