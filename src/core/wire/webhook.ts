import * as z from 'zod'

/** Where a host tells that the branch has moved (S13). */
export const Webhook = z.object({
  /** What to enter at the host as the address. */
  url: z.string(),
  /** Null: no secret was made, so every delivery is refused. */
  secretSince: z.string().nullable(),
  lastDelivery: z.string().nullable(),
})
export type Webhook = z.infer<typeof Webhook>

export const WebhookSecret = z.object({
  url: z.string(),
  secret: z.string(),
  /** Whether the host has both by now; null: it has no API that is used, or the credentials are not for one. */
  registration: z
    .object({
      host: z.enum(['github', 'gitlab', 'gitea', 'bitbucket', 'azure-devops']),
      /** Why it has to be entered by hand; null: it is registered. */
      problem: z.string().nullable(),
    })
    .nullable(),
})
export type WebhookSecret = z.infer<typeof WebhookSecret>

export const WebhookAccepted = z.object({ status: z.literal('accepted') })
