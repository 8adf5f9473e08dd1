import { type Aliases, spellingOf } from '../../core/environments/aliases.ts'
import {
  newContractEventSlug,
  newRelationshipSlug,
  newSlug,
  newSyncSlug,
  takenSlugs,
} from '../../core/format/slug.ts'
import { isObject, type Json, type JsonObject } from '../../core/model/json.ts'
import { isModelKind, type Kind, MODEL_KINDS } from '../../core/model/kind.ts'
import { getAliases } from '../../store/aliases.ts'
import type { Db } from '../../store/database.ts'
import { fileSlugs } from '../../store/file-slugs.ts'
import { slugsOf } from '../../store/resources.ts'
import type { StoredAliases } from '../../store/tables/git.ts'
import { ProblemError } from '../problem-error.ts'

/** A slug for a new resource, different from all that it must differ from (F5). */
export async function slugFor(
  db: Db,
  workspaceId: string,
  kind: Kind,
  value: JsonObject,
  contract: string | undefined,
): Promise<string> {
  const kinds: readonly Kind[] = isModelKind(kind) ? MODEL_KINDS : [kind]
  const stored = await slugsOf(db, workspaceId, kinds)
  const files = await fileSlugs(db, workspaceId, kinds)
  const taken = takenSlugs([...[...stored.values()].flat(), ...files])
  if (kind === 'model-relationships') return newRelationshipSlug(end(value.from), end(value.to), taken)
  if (kind === 'syncs') {
    const destination = text(value.destination)
    const aliases = aliasesOf(await getAliases(db, workspaceId))
    return newSyncSlug(
      text(value.model),
      spellingOf(destination, 'destinations', aliases) ?? destination,
      taken,
    )
  }
  if (kind === 'contract-events') {
    if (contract === undefined) {
      throw new ProblemError('invalid-query', 'Say to which contract the event belongs: ?contract=<slug>.')
    }
    return newContractEventSlug(contract, text(value.name), text(value.version), taken)
  }
  return newSlug(kind, text(value.name), taken)
}

function text(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function end(value: Json | undefined): string {
  return isObject(value) ? text(value.slug) : ''
}

export function aliasesOf(stored: StoredAliases): Aliases {
  return {
    sources: new Map(Object.entries(stored.sources)),
    destinations: new Map(Object.entries(stored.destinations)),
  }
}
