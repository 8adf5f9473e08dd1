import type { Role } from '../../store/tables/auth.ts'

/** A role in one workspace; `workspaceId` null: in every one, those to come as well. */
export type Grant = { readonly workspaceId: string | null; readonly role: Role }

/** Who asks. `id` is the person's, or the key's with `key:` before it. */
export type Actor = {
  readonly kind: 'person' | 'api-key'
  readonly id: string
  readonly name: string
  readonly email: string
  /** What a person's commits bear; null: the address to sign in with. */
  readonly commitEmail?: string | null
  readonly grants: readonly Grant[]
}
