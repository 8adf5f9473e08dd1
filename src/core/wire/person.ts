import * as z from 'zod'

export const ROLES = ['viewer', 'editor', 'admin'] as const
export const RoleWire = z.enum(ROLES)
export type RoleWire = z.infer<typeof RoleWire>

export const SignIn = z.strictObject({ email: z.string(), password: z.string() })
export type SignIn = z.infer<typeof SignIn>

/** Who is asking, and where they may do what. `role` is null where they have none. */
export const Session = z.object({
  actor: z.object({
    kind: z.enum(['person', 'api-key']),
    id: z.string(),
    name: z.string(),
    email: z.string(),
    /** What the commits of a person bear; null: `email`. */
    commitEmail: z.string().nullable(),
  }),
  /** Admin everywhere: may make workspaces. */
  admin: z.boolean(),
  workspaces: z.array(z.object({ slug: z.string(), name: z.string(), role: RoleWire })),
  /** Those that are archived stand here alone. */
  archived: z.array(z.object({ slug: z.string(), name: z.string(), role: RoleWire, archivedAt: z.string() })),
})
export type Session = z.infer<typeof Session>

/** `everywhere`: the role comes from all workspaces and is not changed here. */
export const Member = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: RoleWire,
  everywhere: z.boolean(),
})
export type Member = z.infer<typeof Member>

export const MemberCreate = z.strictObject({
  email: z.email(),
  name: z.string().trim().min(1).max(200).optional(),
  role: RoleWire,
  /** For a person that is new here; made when absent. */
  password: z.string().min(8).max(128).optional(),
})
export type MemberCreate = z.infer<typeof MemberCreate>

/** `password` is there once, when it was made for a new person. */
export const MemberCreated = Member.extend({ password: z.string().optional() })
export type MemberCreated = z.infer<typeof MemberCreated>

export const MemberUpdate = z.strictObject({ role: RoleWire })
export type MemberUpdate = z.infer<typeof MemberUpdate>

/** `commitEmail` null: the address to sign in with. */
export const MeUpdate = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  commitEmail: z.email().max(320).nullable().optional(),
})
export type MeUpdate = z.infer<typeof MeUpdate>

export const PasswordChange = z.strictObject({
  currentPassword: z.string(),
  newPassword: z.string().min(8).max(128),
})
export type PasswordChange = z.infer<typeof PasswordChange>

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** The beginning of the key, to tell keys apart. */
  prefix: z.string(),
  role: RoleWire,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

export const ApiKeyCreate = z.strictObject({
  name: z.string().trim().min(1).max(200),
  role: RoleWire,
  /** Null: never. */
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
})
export type ApiKeyCreate = z.infer<typeof ApiKeyCreate>

/** `key` is shown this once. */
export const ApiKeyCreated = ApiKey.extend({ key: z.string() })
export type ApiKeyCreated = z.infer<typeof ApiKeyCreated>
