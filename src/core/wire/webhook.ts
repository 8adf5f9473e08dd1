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

export const WebhookSecret = z.object({ url: z.string(), secret: z.string() })
export type WebhookSecret = z.infer<typeof WebhookSecret>

export const WebhookAccepted = z.object({ status: z.literal('accepted') })
