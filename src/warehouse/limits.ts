/** Limits of a preview (Z9). A caller may ask for less, never for more. */
const MAX_PREVIEW_ROWS = 100
const PREVIEW_MS = 10_000

export function previewMs(policy: { readonly previewMs?: number }): number {
  return Math.min(policy.previewMs ?? PREVIEW_MS, PREVIEW_MS)
}

export function previewRows(limit: number): number {
  return Math.max(0, Math.min(limit, MAX_PREVIEW_ROWS))
}

/** So many rows are counted of each side of a relationship (W3): they stay in memory while they are compared. */
export const MAX_KEY_ROWS = 50_000

/** Beyond this no person wrote it, and a parser's tree would be many times as long. */
export const MAX_SQL_LENGTH = 200_000
