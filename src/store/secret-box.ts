import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'

const VERSION = 1
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

export type SecretKey = { readonly kind: 'secret-key'; readonly bytes: Buffer }

export class SecretBoxError extends Error {
  override name = 'SecretBoxError'
  readonly code = 'secret-unreadable'
  readonly retry = 'never'
}

/** Derived slowly, so that a key that a person typed is no weaker than it must be. */
export function deriveKey(text: string): SecretKey {
  return { kind: 'secret-key', bytes: scryptSync(text, 'tandem secret box', KEY_BYTES) }
}

/** AES-256-GCM bound to the workspace (Z4): a row copied into another workspace does not open there. */
export function seal(key: SecretKey, workspaceId: string, text: string): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(workspaceId))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body])
}

export function open(key: SecretKey, workspaceId: string, bytes: Uint8Array): string {
  const box = Buffer.from(bytes)
  const bodyAt = 1 + IV_BYTES + TAG_BYTES
  if (box[0] !== VERSION || box.length < bodyAt) throw new SecretBoxError(UNREADABLE)
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, box.subarray(1, 1 + IV_BYTES))
      .setAAD(Buffer.from(workspaceId))
      .setAuthTag(box.subarray(1 + IV_BYTES, bodyAt))
    return Buffer.concat([decipher.update(box.subarray(bodyAt)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new SecretBoxError(UNREADABLE, { cause })
  }
}

const UNREADABLE =
  'A stored secret cannot be decrypted: TANDEM_SECRET_KEY is not the key it was encrypted with. Set the old key, or enter the secret anew.'
