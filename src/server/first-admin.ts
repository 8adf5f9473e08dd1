import { join } from 'node:path'
import { hasUsers, setRole } from '../store/members.ts'
import { createPerson } from './auth/people.ts'
import type { Context } from './context.ts'
import { keptSecret, randomText } from './data-folder.ts'

const PASSWORD_BYTES = 12

/** How to sign in, for the block that is printed. A password that was made is shown once. */
export type FirstAdmin = {
  readonly email: string
  readonly password:
    | { readonly kind: 'made'; readonly text: string; readonly file: string }
    | { readonly kind: 'known' }
}

/** On an empty database the first administrator is made, with the role admin everywhere. */
export async function ensureFirstAdmin({ config, db, people }: Context): Promise<FirstAdmin> {
  const { email } = config.admin
  if (await hasUsers(db)) return { email, password: { kind: 'known' } }
  const password = config.admin.password ?? madePassword(config.dataDir)
  const person = await createPerson(people, { name: nameOf(email), email, password })
  await setRole(db, person.id, null, 'admin')
  if (config.admin.password !== null) return { email, password: { kind: 'known' } }
  return { email, password: { kind: 'made', text: password, file: join(config.dataDir, 'admin-password') } }
}

/** Kept, so that a start that was cut off before it could print is no loss. */
function madePassword(folder: string): string {
  return keptSecret(folder, 'admin-password', () => randomText(PASSWORD_BYTES)).text
}

function nameOf(email: string): string {
  const local = email.split('@')[0] ?? email
  return local.charAt(0).toUpperCase() + local.slice(1)
}
