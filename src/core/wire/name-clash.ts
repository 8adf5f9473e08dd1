import { classifyPath } from '../format/classify.ts'
import { isSchemaModelKind, type Kind } from '../model/kind.ts'
import type { Conflict } from './plan.ts'

/**
 * What has the name already that the resource in conflict would take: whichever side is taken, one of the two
 * needs another name. Null: the conflict is about something else.
 */
export function nameClash({
  kind,
  slug,
  path,
  causes,
}: Pick<Conflict, 'kind' | 'slug' | 'path' | 'causes'>): Conflict['causes'][number] | null {
  const place = path === null ? null : classifyPath(path)
  const names = [slug, ...(place?.kind === 'resource' ? [place.ref.slug] : [])]
  const sharesNames = (other: Kind) => other === kind || (isSchemaModelKind(other) && isSchemaModelKind(kind))
  return causes.find((cause) => sharesNames(cause.kind) && names.includes(cause.slug)) ?? null
}
