import { type Aliases, NO_ALIASES, spellAliases } from '../../core/environments/aliases.ts'
import { newPath } from '../../core/format/classify.ts'
import { DEFAULT_LIMITS } from '../../core/format/limits.ts'
import { fileValueOf } from '../../core/format/normalize.ts'
import { readResource } from '../../core/format/read-file.ts'
import { newRelationshipSlug, newSlug } from '../../core/format/slug.ts'
import { writeResource } from '../../core/format/write.ts'
import type { JsonObject } from '../../core/model/json.ts'
import type { FileKind } from '../../core/model/kind.ts'
import type { AliasesWire } from '../../core/wire/git.ts'
import type { ResourceFile } from '../../core/wire/resource.ts'
import { endSlug, textOf } from '../words/resource-name.ts'

/** The file exactly as Git will have it (W2): the same printer and the same in-place edits as the sync. */
export function fileText(
  kind: FileKind,
  slug: string,
  value: JsonObject,
  aliases: AliasesWire | undefined,
  present: ResourceFile | null,
): ResourceFile {
  const ref = { kind, slug }
  const path = present?.path ?? newPath(ref)
  const read = present === null ? null : readResource(path, ref, present.text, DEFAULT_LIMITS)
  const existing =
    present !== null && read?.kind === 'resource' ? { text: present.text, value: read.value } : null
  const spelled = spellAliases(kind, value, aliases ? asMaps(aliases) : NO_ALIASES, existing?.value ?? null)
  return { path, text: writeResource(kind, existing, fileValueOf(kind, spelled, existing?.value ?? null)) }
}

/** The slug that a new resource gets while nothing else has it; null where it cannot be told yet. */
export function expectedSlug(kind: FileKind, value: JsonObject): string | null {
  if (kind === 'syncs') return null
  if (kind === 'model-relationships') {
    const [from, to] = [endSlug(value, 'from'), endSlug(value, 'to')]
    return from === '' || to === '' ? null : newRelationshipSlug(from, to, () => false)
  }
  const name = textOf(value, 'name').trim()
  return name === '' ? null : newSlug(kind, name, () => false)
}

function asMaps({ sources, destinations }: AliasesWire): Aliases {
  return { sources: new Map(Object.entries(sources)), destinations: new Map(Object.entries(destinations)) }
}
