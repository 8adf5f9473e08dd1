import type { Db } from '../../store/database.ts'
import { countFailures, forgetFailures, noteFailure } from '../../store/sign-in-failures.ts'
import { ProblemError } from '../problem-error.ts'

const MINUTES = 15
/** One person from one address; and one address over all persons. */
const PERSON_MAX = 10
const ADDRESS_MAX = 60

/** Only refused attempts count: whoever knows the password is not kept out by signing in often. */
export async function allowAttempt(db: Db, address: string, email: string): Promise<void> {
  const [person, all] = await Promise.all([
    countFailures(db, personKey(address, email), MINUTES),
    countFailures(db, addressKey(address), MINUTES),
  ])
  if (person < PERSON_MAX && all < ADDRESS_MAX) return
  throw new ProblemError(
    'too-many-attempts',
    `Too many attempts were refused. Wait ${MINUTES} minutes, then try again.`,
    {},
    { 'retry-after': String(MINUTES * 60) },
  )
}

export async function noteRefused(db: Db, address: string, email: string): Promise<void> {
  await noteFailure(db, [personKey(address, email), addressKey(address)])
}

export async function noteSignedIn(db: Db, address: string, email: string): Promise<void> {
  await forgetFailures(db, personKey(address, email))
}

const personKey = (address: string, email: string) => `person ${address} ${email.slice(0, 320)}`
const addressKey = (address: string) => `address ${address}`
