import { diagnoseFile } from '../format/diagnose.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { isSchemaModelKind } from '../model/kind.ts'
import type { FileRef } from '../model/resource.ts'
import { excerpt } from './check-shape.ts'

export type PlacedRef = { readonly path: string; readonly ref: FileRef }

/**
 * F1, F2: slugs that are taken twice, once at each later file (by path), naming the first. Parent, related and
 * event models share one space of names; with a general model a shared slug is only a warning.
 */
export function findDuplicates(files: readonly PlacedRef[]): Diagnostic[] {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const first = new Map<string, string>()
  const diagnostics: Diagnostic[] = []
  for (const { path, ref } of sorted) {
    const key = `${spaceOf(ref)}:${ref.slug}`
    const taken = first.get(key)
    if (taken !== undefined) diagnostics.push(duplicate(path, taken, ref.slug))
    else first.set(key, path)
  }
  for (const { path, ref } of sorted) {
    const model = isSchemaModelKind(ref.kind) ? first.get(`models:${ref.slug}`) : undefined
    if (model !== undefined) diagnostics.push(sharedWithModel(path, model, ref.slug))
  }
  return diagnostics
}

function spaceOf({ kind }: FileRef): string {
  return isSchemaModelKind(kind) ? 'schema' : kind
}

function duplicate(path: string, other: string, slug: string): Diagnostic {
  const message = `The slug \`${excerpt(slug)}\` is taken twice: by \`${other}\` and by \`${path}\`.`
  return diagnoseFile(path, {
    code: 'duplicate-slug',
    severity: 'error',
    message,
    hint: 'Rename or delete one of the two files.',
  })
}

function sharedWithModel(path: string, model: string, slug: string): Diagnostic {
  const message = `\`${model}\` and \`${path}\` share the slug \`${excerpt(slug)}\`: a sync means the former, a relationship the latter.`
  return diagnoseFile(path, {
    code: 'duplicate-slug',
    severity: 'warning',
    message,
    hint: 'Rename one of the two files.',
  })
}
