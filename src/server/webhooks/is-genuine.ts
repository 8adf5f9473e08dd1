import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { WEBHOOK_USER } from '../../git/hosts/azure-devops/webhook.ts'

/** What a host sent: the body as it came, byte for byte. */
export type Delivery = { readonly headers: Headers; readonly body: Uint8Array }

type Proof = {
  readonly header: string
  /** What the header may say when the sender knows the secret. */
  readonly expected: (secret: string, delivery: Delivery) => string
  /** The proofs that the header holds: most are one. Null: it holds none that counts, for or against. */
  readonly said?: (value: string) => readonly string[] | null
}

/**
 * How each host proves that it knows the secret, by its own documentation: GitHub, Bitbucket, Gitea, Forgejo
 * and GitLab sign the body; GitLab also sends the secret itself, or signs in the manner of Standard Webhooks. Azure
 * DevOps signs nothing: it sends the secret as the password of the user `tandem`.
 */
const PROOFS: readonly Proof[] = [
  { header: 'x-hub-signature-256', expected: (secret, { body }) => `sha256=${hex(secret, body)}` },
  {
    header: 'x-hub-signature',
    expected: (secret, { body }) => `sha256=${hex(secret, body)}`,
    // Beside the one above GitHub and Gitea send a weaker one, which proves nothing to us.
    said: (value) => (value.startsWith('sha1=') ? null : [value]),
  },
  { header: 'x-gitea-signature', expected: (secret, { body }) => hex(secret, body) },
  { header: 'x-forgejo-signature', expected: (secret, { body }) => hex(secret, body) },
  {
    header: 'authorization',
    expected: (secret) => basic(`${WEBHOOK_USER}:${secret}`),
    // What stands before us may sign in too, under another name.
    said: (value) => (decoded(value).startsWith(`${WEBHOOK_USER}:`) ? [value] : null),
  },
  { header: 'x-gitlab-token', expected: (secret) => secret },
  {
    header: 'webhook-signature',
    expected: (secret, { headers, body }) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
      const mac = createHmac('sha256', key)
      mac.update(`${headers.get('webhook-id') ?? ''}.${headers.get('webhook-timestamp') ?? ''}.`)
      return `v1,${mac.update(body).digest('base64')}`
    },
    said: (value) => value.split(' ').filter((one) => one.startsWith('v1,')),
  },
]

/** Z5: at least one proof, and none that fails. Without a secret nothing is genuine. */
export function isGenuine(delivery: Delivery, secret: string): boolean {
  if (secret === '') return false
  const given = PROOFS.flatMap(({ header, expected, said }) => {
    const value = delivery.headers.get(header)
    if (value === null) return []
    const proofs = said ? said(value) : [value]
    return proofs === null ? [] : [proofs.some((one) => isSame(one, expected(secret, delivery)))]
  })
  return given.length > 0 && given.every(Boolean)
}

function basic(text: string): string {
  return `Basic ${Buffer.from(text, 'utf8').toString('base64')}`
}

function decoded(authorization: string): string {
  const [scheme = '', text = ''] = authorization.split(' ')
  return scheme.toLowerCase() === 'basic' ? Buffer.from(text, 'base64').toString('utf8') : ''
}

function hex(secret: string, body: Uint8Array): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

/** Takes as long whatever the two are, and however long they are. */
function isSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text, 'utf8').digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}
