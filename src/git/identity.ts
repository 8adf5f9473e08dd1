import { byteLength, oneLine } from './hostile-text.ts'

export type Identity = { readonly name: string; readonly email: string; readonly at: Date }

const NAME_CHARACTERS = 100
const EMAIL_BYTES = 254
/** Git itself drops these at both ends of a name. */
const CRUD = /^[\s.,:;<>"\\']+|[\s.,:;<>"\\']+$/g

/** Z10: `Ann Lee <ann@example.com>`, one line, whatever the person's name and address hold. */
export function person(name: string, email: string): string {
  return `${personName(name, email)} <${emailAddress(email)}>`
}

/** The line of a commit: person, seconds since 1970, zone. Git knows no time before 1970. */
export function identityLine({ name, email, at }: Identity): string {
  const seconds = Math.max(0, Math.floor(at.getTime() / 1_000))
  if (!Number.isSafeInteger(seconds)) throw new TypeError('An identity needs a valid date.')
  return `${person(name, email)} ${seconds} +0000`
}

function personName(name: string, email: string): string {
  const clean = oneLine(name, NAME_CHARACTERS).replace(/[<>]/g, '').replace(CRUD, '')
  if (clean !== '') return clean
  return emailAddress(email).split('@')[0]?.replace(CRUD, '') || 'unknown'
}

function emailAddress(email: string): string {
  const clean = oneLine(email, EMAIL_BYTES).replace(/[<>\s]/g, '')
  return clean === '' || byteLength(clean) > EMAIL_BYTES ? 'unknown@invalid' : clean
}
