import * as z from 'zod'
import { listOf } from './list.ts'
import { PlanEntryWire } from './plan.ts'

export const REVIEW_STATES = ['open', 'merged', 'closed'] as const

/** A person's saves on a branch of their own, with its pull request where the host has them (S21). */
export const Review = z.object({
  id: z.string(),
  state: z.enum(REVIEW_STATES),
  person: z.string(),
  branch: z.string(),
  /** Of its pull request; null: the host has none that we can open, or it is not opened yet. */
  number: z.int().nullable(),
  url: z.string().nullable(),
  /** Whether the host has pull requests that we open. */
  onHost: z.boolean(),
  /** The last commit on its branch; null: nothing is pushed yet. */
  head: z.string().nullable(),
  title: z.string(),
  /** What it changes, by field, as it was pushed last. */
  changes: z.array(PlanEntryWire),
  /** Somebody pushed to its branch besides: what is saved for it waits until it is merged or closed. */
  isChangedThere: z.boolean(),
  /** Somebody asked here to close it, and the run that does it has not ended. */
  isClosing: z.boolean(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
})
export type Review = z.infer<typeof Review>

export const ReviewList = listOf(Review)

export const CloseReview = z.strictObject({ waitSeconds: z.number().min(0).max(600).optional() })
export type CloseReview = z.infer<typeof CloseReview>
