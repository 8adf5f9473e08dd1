import type { Limits } from '../format/limits.ts'
import { readAliases, readManifest, readResource } from '../format/read-file.ts'
import { renameInAliasFile } from '../format/rename-in-alias-file.ts'
import { writeResource } from '../format/write.ts'
import { own, withKey } from '../model/json.ts'
import type { FileRef } from '../model/resource.ts'
import { type Aliases, type AliasSection, aliasedField, NO_ALIASES, resolveAlias } from './aliases.ts'

export type AliasRename = { readonly section: AliasSection; readonly from: string; readonly to: string }

/** What lies in the path at the head. A file whose text is null is no UTF-8, or larger than a file of ours. */
export type RenameInput = {
  readonly rename: AliasRename
  /** The workspace that renames, by the slug of its alias file, and what it has. */
  readonly own: { readonly slug: string; readonly slugs: ReadonlySet<string> }
  readonly resources: Iterable<{ readonly path: string; readonly ref: FileRef; readonly text: string }>
  /** By the slug in their file's name. */
  readonly aliasFiles: ReadonlyMap<string, OwnFile>
  readonly manifests: ReadonlyMap<string, OwnFile>
  readonly limits: Limits
}
type OwnFile = { readonly path: string; readonly text: string | null }
type Text = { readonly path: string; readonly text: string }

export type AliasRenaming =
  | { readonly kind: 'renames'; readonly files: readonly Text[] }
  /** The alias has the new name already: this was done before. */
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly message: string; readonly hint: string }

/**
 * One change set: the files that spell the alias, its line, and the line of every workspace whose alias file lies
 * beside it, so that each file means in each workspace what it meant before (E1, E6).
 */
export function renameAlias(input: RenameInput): AliasRenaming {
  const { rename, own: here, aliasFiles, manifests } = input
  const sharers = new Set([here.slug, ...aliasFiles.keys(), ...manifests.keys()])
  const texts: Text[] = []
  for (const slug of sharers) {
    const sharer = readSharer(slug, input)
    if (sharer === null) return unreadable(aliasFiles.get(slug)?.path ?? '')
    const result = renameFor(sharer, rename, slug === here.slug)
    if (result.kind === 'refused' || result.kind === 'done') return result
    if (result.kind === 'file') texts.push(result.file)
  }
  const files = spelledAnew(input, isNewName(input))
  if (files.kind === 'refused') return files
  return { kind: 'renames', files: [...texts, ...files.files] }
}

type Sharer = {
  readonly slug: string
  readonly file: Text | null
  readonly aliases: Aliases
  readonly slugs: { has(slug: string): boolean }
}

/** Null: its alias file cannot be read. */
function readSharer(
  slug: string,
  { own: here, rename, aliasFiles, manifests, limits }: RenameInput,
): Sharer | null {
  const file = aliasFiles.get(slug)
  const manifest = manifests.get(slug)
  const read = file ? readAliases(file.path, file.text, limits) : { aliases: NO_ALIASES, diagnostics: [] }
  if (read.aliases === null || read.diagnostics.some(({ severity }) => severity === 'error')) return null
  const listed = manifest ? readManifest(manifest.path, manifest.text, limits).manifest : null
  const slugs = slug === here.slug ? here.slugs : (listed?.[rename.section] ?? new Map())
  return {
    slug,
    file: file?.text == null ? null : { path: file.path, text: file.text },
    aliases: read.aliases,
    slugs,
  }
}

type ForOne =
  | { readonly kind: 'file'; readonly file: Text }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'done' }
  | Extract<AliasRenaming, { kind: 'refused' }>

function renameFor({ slug, file, aliases, slugs }: Sharer, rename: AliasRename, isOwn: boolean): ForOne {
  const { section, from, to } = rename
  const names = aliases[section]
  const path = file?.path ?? `aliases-${slug}.yaml`
  if (isOwn && !names.has(from)) {
    if (names.has(to)) return { kind: 'done' }
    return refused(
      `${path} has no alias \`${from}\`.`,
      'Somebody may have taken it out. Look at the aliases again.',
    )
  }
  // What the name says nothing to waits before and after.
  if (!names.has(from) && !slugs.has(from)) return { kind: 'nothing' }
  const [meant, taken] = [from, to].map((name) => resolveAlias(name, section, aliases))
  if (meant?.kind !== 'slug')
    return refused(`In ${path} \`${from}\` stands for itself in a circle.`, 'Mend that first.')
  const isKnown = names.has(to) || slugs.has(to)
  if (isKnown && (taken?.kind !== 'slug' || taken.slug !== meant.slug)) {
    const means = taken?.kind === 'slug' ? `\`${taken.slug}\`` : 'something'
    return refused(
      `\`${to}\` means ${means} in the workspace ${slug}, and \`${from}\` means \`${meant.slug}\` there.`,
      'Choose a name that is free in every workspace on these files.',
    )
  }
  const target = names.get(from) ?? from
  const after = new Map(
    [...names]
      .filter(([name]) => name !== from)
      .map(([name, next]) => [name, next === from && target !== from ? to : next]),
  )
  if (!isKnown) after.set(to, target)
  const text = renameInAliasFile(file?.text ?? null, rename, { ...aliases, [section]: after })
  return { kind: 'file', file: { path, text } }
}

/** Whether the new name means nothing here yet: files that spell it already would mean something by the rename. */
function isNewName({ rename: { section, to }, own: here, aliasFiles, limits }: RenameInput): boolean {
  const file = aliasFiles.get(here.slug)
  const aliases = file ? readAliases(file.path, file.text, limits).aliases : null
  return !here.slugs.has(to) && !aliases?.[section].has(to)
}

function spelledAnew(
  { rename: { section, from, to }, resources, limits }: RenameInput,
  isNew: boolean,
): { readonly kind: 'files'; readonly files: readonly Text[] } | Extract<AliasRenaming, { kind: 'refused' }> {
  const files: Text[] = []
  for (const { path, ref, text } of resources) {
    const field = aliasedField(ref.kind)
    if (field?.section !== section) continue
    const read = readResource(path, ref, text, limits)
    if (read.kind === 'guest') continue
    const name = read.value === null ? roughly(text, field.key) : own(read.value, field.key)
    if (name === to && isNew) {
      return refused(`${path} says \`${to}\` already, which means nothing here.`, 'Choose another name.')
    }
    if (name !== from) continue
    if (read.kind === 'broken') {
      return refused(
        `${path} says \`${from}\` and has errors.`,
        'Mend the file first: it could not follow the new name.',
      )
    }
    files.push({
      path,
      text: writeResource(ref.kind, { text, value: read.value }, withKey(read.value, field.key, to)),
    })
  }
  return { kind: 'files', files }
}

/** What a file that is no YAML seems to name. */
function roughly(text: string, key: string): string | undefined {
  return new RegExp(`^${key}[ \\t]*:[ \\t]*['"]?(.*?)['"]?[ \\t]*$`, 'm').exec(text)?.[1]
}

function unreadable(path: string) {
  return refused(
    `${path} cannot be read.`,
    'Mend the alias file first: its lines would not follow the new name.',
  )
}

function refused(message: string, hint: string) {
  return { kind: 'refused', message, hint } as const
}
