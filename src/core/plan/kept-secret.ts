import type { Value } from '../model/resource.ts'
import { type FoundSecret, newSecrets } from '../secrets/find-secrets.ts'
import type { Verdict } from './decide.ts'
import type { Pair, Snapshot } from './snapshot.ts'

/** Z12: what the change would bring into Git that looks like a secret and that no admin allowed there. */
export function keptSecret(pair: Pair, verdict: Verdict, snapshot: Snapshot): FoundSecret | null {
  return secretIn(outgoing(pair, verdict), pair, snapshot)
}

/** The first that `value` would bring into Git. */
export function secretIn(value: Value | null, pair: Pair, { allowedSecrets }: Snapshot): FoundSecret | null {
  const { workspace, base, file } = pair
  if (value === null) return null
  const known = file?.kind === 'read' ? file.value : (base?.value ?? null)
  const isAllowed = (secret: FoundSecret) =>
    workspace !== null && allowedSecrets.has(allowanceOf(workspace.id, secret))
  return newSecrets(value, known).find((secret) => !isAllowed(secret)) ?? null
}

function outgoing({ workspace }: Pair, verdict: Verdict): Value | null {
  if (verdict.kind === 'merge') return verdict.value
  return verdict.kind === 'outbound' ? (workspace?.value ?? null) : null
}

/** One text at one place of one resource: another text there is asked about anew. */
export function allowanceOf(id: string, { path, digest }: Pick<FoundSecret, 'path' | 'digest'>): string {
  return `${id} ${path} ${digest}`
}

export function secretReason({ what, path }: FoundSecret): string {
  return `It holds what looks like ${what}, at ${path}: take it out, or ask an admin to allow it there`
}
