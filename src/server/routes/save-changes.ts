import type { Finding } from '../../core/model/diagnostic.ts'
import { isObject, type Json, type JsonObject, sameJson, withKey } from '../../core/model/json.ts'
import { isConnectionKind } from '../../core/model/kind.ts'
import { type ResourceKey, resourceKey } from '../../core/model/resource.ts'
import { splitSecrets } from '../../core/wire/secret-keys.ts'
import {
  type ChangeSetInput,
  type ChangeSetOutcome,
  commitChangeSetIn,
  type Write,
} from '../../store/change-sets.ts'
import type { Db } from '../../store/database.ts'
import { secretNames, storeSecrets } from '../../store/resource-secrets.ts'
import { resourcesByRef, type StoredResource } from '../../store/resources.ts'
import type { Workspace } from '../../store/workspaces.ts'
import type { Actor } from '../auth/actor.ts'
import { authorize } from '../auth/authorize.ts'
import type { Context } from '../context.ts'
import { giveMemoryBack, MANY_RESOURCES } from '../heap.ts'
import { invalidValue, refusal } from './outcome.ts'
import { toBody } from './resource-body.ts'

type Asked = Pick<ChangeSetInput, 'kind' | 'message' | 'writes' | 'deletes' | 'renames'>
type Saved = Extract<ChangeSetOutcome, { kind: 'saved' }> & {
  /** For the audit log: which secrets were given or taken out, never what they are (Z8). */
  readonly secrets?: { readonly secretsSet?: string[]; readonly secretsRemoved?: string[] }
}
/** By JSON pointer into `config`; null removes. */
type SecretWrites = ReadonlyMap<string, Json>

/**
 * One change set with the secrets of its sources and destinations, in one transaction. Throws the refusal.
 * Whoever may only edit must not point a source with secrets at another server: that needs the right to
 * connect, as setting a secret does.
 */
export async function saveChanges(
  context: Context,
  who: { readonly actor: Actor; readonly workspace: Workspace },
  asked: Asked,
): Promise<Saved> {
  const { db, secretKey } = context
  const { actor, workspace } = who
  const outcome = await db.transaction().execute(async (tx) => {
    const split = await separateSecrets(tx, who, asked.writes)
    const done = await commitChangeSetIn(tx, {
      ...asked,
      workspaceId: workspace.id,
      actor: { id: actor.id, name: actor.name, email: actor.email },
      writes: split.writes,
    })
    if (done.kind !== 'saved') return done
    const told: { readonly name: string; readonly isGone: boolean }[] = []
    for (const resource of done.resources) {
      const secrets = split.secrets.get(resourceKey(resource)) ?? new Map<string, Json>()
      await storeSecrets(tx, secretKey, workspace.id, resource.id, secrets)
      for (const [pointer, value] of secrets)
        told.push({ name: `${resource.kind}/${resource.slug} ${pointer}`, isGone: value === null })
    }
    return { ...done, ...toldSecrets(told) }
  })
  if (asked.writes.length >= MANY_RESOURCES) giveMemoryBack()
  if (outcome.kind === 'saved') return outcome
  throw await refusal(outcome, (resource) => toBody(db, workspace.id, resource))
}

function toldSecrets(
  told: readonly { readonly name: string; readonly isGone: boolean }[],
): Pick<Saved, 'secrets'> {
  if (told.length === 0) return {}
  const names = (isGone: boolean) => told.filter((one) => one.isGone === isGone).map(({ name }) => name)
  const [secretsSet, secretsRemoved] = [names(false), names(true)]
  return {
    secrets: {
      ...(secretsSet.length === 0 ? {} : { secretsSet }),
      ...(secretsRemoved.length === 0 ? {} : { secretsRemoved }),
    },
  }
}

async function separateSecrets(
  tx: Db,
  who: { readonly actor: Actor; readonly workspace: Workspace },
  writes: readonly Write[],
): Promise<{ writes: readonly Write[]; secrets: ReadonlyMap<ResourceKey, SecretWrites> }> {
  const connections = writes.filter((write) => isConnectionKind(write.kind))
  if (connections.length === 0) return { writes, secrets: new Map() }
  const present = await resourcesByRef(tx, who.workspace.id, connections)
  const names = await secretNames(
    tx,
    [...present.values()].map((row) => row.id),
  )
  const secrets = new Map<ResourceKey, SecretWrites>()
  const kept = writes.map((write) => {
    if (!isConnectionKind(write.kind)) return write
    const key = resourceKey(write)
    const before = present.get(key) ?? null
    refuseStrayKeys(write)
    const split = splitOne(write.value, before, names.get(before?.id ?? '') ?? [])
    if (split.touchesCredentials) authorize(who.actor, 'source.connect', who.workspace)
    secrets.set(key, split.secrets)
    return { ...write, value: split.value }
  })
  return { writes: kept, secrets }
}

function splitOne(
  value: JsonObject,
  before: StoredResource | null,
  stored: readonly string[],
): { value: JsonObject; secrets: SecretWrites; touchesCredentials: boolean } {
  const { type, config } = value
  if (typeof type !== 'string' || !isObject(config)) {
    // Without a config nothing is left for the secrets to belong to.
    return { value, secrets: removing(stored), touchesCredentials: stored.length > 0 }
  }
  const split = splitSecrets(type, config)
  const sameType = before?.value.type === type
  const secrets = new Map([...(sameType ? [] : removing(stored)), ...split.secrets])
  const moved = !sameType || !sameJson(before?.value.config, split.config)
  return {
    value: withKey(value, 'config', split.config),
    secrets,
    touchesCredentials: split.secrets.size > 0 || (stored.length > 0 && moved),
  }
}

/** A password beside `config` would be kept in the clear: only what belongs there is taken. */
function refuseStrayKeys({ kind, slug, value }: Write): void {
  const stray = Object.keys(value).filter((key) => !['name', 'type', 'config'].includes(key))
  if (stray.length === 0) return
  const findings = stray.map(
    (key): Finding => ({
      code: 'unknown-key',
      severity: 'error',
      message: `There is no key ${JSON.stringify(key)} here`,
      hint: 'Expected name, type and config',
      path: [key],
      at: 'key',
    }),
  )
  throw invalidValue([{ kind, slug, findings }])
}

function removing(names: readonly string[]): Map<string, Json> {
  return new Map(names.map((name) => [name, null]))
}
