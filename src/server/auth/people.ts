import { createHmac } from 'node:crypto'
import { betterAuth } from 'better-auth'
import type { Db } from '../../store/database.ts'
import type { SecretKey } from '../../store/secret-box.ts'

export const PASSWORD_LENGTH = { min: 8, max: 128 } as const
const DAY_SECONDS = 86_400

/**
 * Sign-in with e-mail and password, and sessions. Its own HTTP handler is not mounted: our routes call it,
 * so authorization, cross-site protection and the limit on attempts are ours and in one place each.
 */
export function createPeople(options: {
  readonly db: Db
  readonly key: SecretKey
  readonly baseUrl: string
}) {
  return betterAuth({
    appName: 'Tandem',
    baseURL: options.baseUrl,
    basePath: '/api/v1/auth',
    secret: createHmac('sha256', options.key.bytes).update('sessions').digest('base64'),
    database: { db: options.db, type: 'postgres' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    user: {
      modelName: 'auth_user',
      additionalFields: { commitEmail: { type: 'string', required: false, input: false } },
    },
    session: { modelName: 'auth_session', expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification' },
    advanced: {
      cookiePrefix: 'tandem',
      useSecureCookies: options.baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      disableOriginCheck: true,
      disableCSRFCheck: true,
      ipAddress: { disableIpTracking: true },
    },
  })
}

export type People = ReturnType<typeof createPeople>

/** A person with a password, by the same slow hash that sign-in checks. */
export async function createPerson(
  people: People,
  person: { readonly name: string; readonly email: string; readonly password: string },
): Promise<{ id: string; name: string; email: string }> {
  const auth = await people.$context
  const user = await auth.internalAdapter.createUser(
    { name: person.name, email: person.email.toLowerCase(), emailVerified: true },
    { method: 'email-password' },
  )
  await auth.internalAdapter.linkAccount({
    userId: user.id,
    accountId: user.id,
    providerId: 'credential',
    password: await auth.password.hash(person.password),
  })
  return { id: user.id, name: user.name, email: user.email }
}
