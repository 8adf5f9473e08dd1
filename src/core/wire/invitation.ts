import * as z from 'zod'
import { RoleWire } from './person.ts'

export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  role: RoleWire,
  invitedBy: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
})
export type Invitation = z.infer<typeof Invitation>

export const INVITATION_DAYS = { default: 7, max: 30 } as const
export const InvitationCreate = z.strictObject({
  email: z.email().max(320),
  role: RoleWire,
  /** How long the link opens something. */
  days: z.number().int().min(1).max(INVITATION_DAYS.max).default(INVITATION_DAYS.default),
})
export type InvitationCreate = z.input<typeof InvitationCreate>

/** `url` is the link to hand over; it is shown this once. */
export const InvitationCreated = Invitation.extend({ url: z.string() })
export type InvitationCreated = z.infer<typeof InvitationCreated>

const token = z.string().min(1).max(200)
export const InvitationToken = z.strictObject({ token })
/** What the holder of a link is told. `known`: the address has an account, which has to sign in first. */
export const InvitationView = z.object({
  workspace: z.object({ slug: z.string(), name: z.string() }),
  email: z.string(),
  role: RoleWire,
  invitedBy: z.string(),
  expiresAt: z.iso.datetime(),
  known: z.boolean(),
})
export type InvitationView = z.infer<typeof InvitationView>

/** Name and password are of a new person; whoever has an account accepts signed in. */
export const InvitationAccept = z.strictObject({
  token,
  name: z.string().trim().min(1).max(200).optional(),
  password: z.string().min(8).max(128).optional(),
})
export type InvitationAccept = z.infer<typeof InvitationAccept>

export const SessionEntry = z.object({
  id: z.string(),
  person: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  signedInAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Where it was begun; null for sessions from before that was kept. */
  address: z.string().nullable(),
  /** What the browser called itself. */
  agent: z.string().nullable(),
  /** The one that asks. */
  current: z.boolean(),
})
export type SessionEntry = z.infer<typeof SessionEntry>
