import * as z from 'zod'

/** Lists are `{items, nextCursor}`; the cursor is opaque (A2). */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export type List<T> = { readonly items: readonly T[]; readonly nextCursor: string | null }

export const LIMIT_DEFAULT = 100
export const LIMIT_MAX = 1000

export const ListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(LIMIT_DEFAULT),
  cursor: z.string().optional(),
})
export type ListQuery = z.infer<typeof ListQuery>
