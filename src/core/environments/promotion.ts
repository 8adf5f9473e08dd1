import { diffValues, type FieldChange } from '../format/field-diff.ts'
import { type Reference, referencesOf } from '../lint/references.ts'
import type { Finding } from '../model/diagnostic.ts'
import { own, withKey } from '../model/json.ts'
import { type FileRef, type ResourceKey, resourceKey, type Value } from '../model/resource.ts'
import { TARGET_KINDS } from '../plan/catalog.ts'
import { type AliasSection, aliasedField } from './aliases.ts'
import type { Difference } from './compare-two.ts'

/** A difference from the target to the source of a promotion, with the values of both. */
export type PromotionPair = {
  readonly difference: Difference
  /** What the target has; null: nothing. */
  readonly target: { readonly value: Value; readonly revision: string } | null
  /** What the source has; null: nothing, so that promoting takes it out of the target. */
  readonly source: Value | null
}

export type PromotionInput = {
  readonly pairs: readonly PromotionPair[]
  /** Null: everything that the source has. What it lacks goes only when it is named. */
  readonly chosen: readonly FileRef[] | null
  /** The target's source or destination that stands for one of the source; null: there is none. */
  readonly counterpart: (section: AliasSection, slug: string) => string | null
  readonly from: string
  readonly to: string
}

export type PromotionWrite = FileRef & { readonly value: Value; readonly revision: string | null }
export type PromotionChange = FileRef & {
  readonly change: 'added' | 'changed' | 'removed' | 'renamed'
  readonly from?: string
  readonly fields: readonly FieldChange[]
  /** It comes along, because this one that was chosen needs it. */
  readonly neededBy: FileRef | null
}

/** A change set for the target. */
export type Promotion = {
  readonly writes: readonly PromotionWrite[]
  readonly deletes: readonly (FileRef & { readonly revision: string })[]
  readonly renames: readonly { readonly kind: FileRef['kind']; readonly from: string; readonly to: string }[]
  /** The same for people. */
  readonly changes: readonly PromotionChange[]
  readonly findings: readonly (FileRef & { readonly findings: readonly Finding[] })[]
  /** Chosen, and the same in both already. */
  readonly alike: readonly FileRef[]
}

/** W7: from what was chosen to the change set that gives the target what the source has. */
export function planPromotion(input: PromotionInput): Promotion {
  const pairs = new Map(input.pairs.map((pair) => [resourceKey(pair.difference), pair]))
  const chosen = input.chosen ?? [...pairs.values()].filter(({ source }) => source).map((p) => p.difference)
  const wanted = withNeeded(chosen, pairs)
  const promotion = {
    writes: [] as PromotionWrite[],
    deletes: [] as Promotion['deletes'][number][],
    renames: [] as Promotion['renames'][number][],
    changes: [] as PromotionChange[],
    findings: [] as Promotion['findings'][number][],
  }
  for (const [key, neededBy] of wanted) {
    const pair = pairs.get(key)
    if (pair === undefined) continue
    const { difference, target, source } = pair
    const { kind, slug, change, before } = difference
    if (source === null) {
      if (target) promotion.deletes.push({ kind, slug, revision: target.revision })
      const fields = diffValues(kind, target?.value ?? null, null)
      promotion.changes.push({ kind, slug, change: 'removed', fields, neededBy })
      continue
    }
    const renamed = change === 'renamed' && before ? { from: before.slug } : {}
    if (renamed.from !== undefined) promotion.renames.push({ kind, from: renamed.from, to: slug })
    const { value, findings } = forTarget({ kind, slug }, source, input)
    if (findings.length > 0) promotion.findings.push({ kind, slug, findings })
    // A renamed one is written under its new slug, where nothing is yet to have a revision.
    const revision = renamed.from === undefined ? (target?.revision ?? null) : null
    promotion.writes.push({ kind, slug, value, revision })
    const fields = diffValues(kind, target?.value ?? null, value)
    promotion.changes.push({ kind, slug, change, ...renamed, fields, neededBy })
  }
  return { ...promotion, alike: chosen.filter((ref) => !pairs.has(resourceKey(ref))).map(refOf) }
}

function refOf({ kind, slug }: FileRef): FileRef {
  return { kind, slug }
}

/**
 * What was chosen and, however far, what that refers to and the target lacks or has otherwise: what was tried out
 * together goes together. To who needs it; null: it was chosen itself.
 */
export function withNeeded(
  chosen: readonly FileRef[],
  pairs: ReadonlyMap<ResourceKey, PromotionPair>,
): Map<ResourceKey, FileRef | null> {
  const wanted = new Map<ResourceKey, FileRef | null>(chosen.map((ref) => [resourceKey(ref), null]))
  // the loop goes on with what is added here
  for (const key of wanted.keys()) {
    const pair = pairs.get(key)
    if (!pair?.source) continue
    for (const needed of neededOf(refOf(pair.difference), pair.source, pairs)) {
      if (!wanted.has(needed)) wanted.set(needed, refOf(pair.difference))
    }
  }
  return wanted
}

function neededOf(ref: FileRef, value: Value, pairs: ReadonlyMap<ResourceKey, PromotionPair>): ResourceKey[] {
  return referencesOf(ref, value).flatMap(({ target, slug }: Reference) =>
    TARGET_KINDS[target]
      .map((kind) => resourceKey({ kind, slug }))
      .filter((key) => pairs.get(key)?.source)
      .slice(0, 1),
  )
}

function forTarget(
  ref: FileRef,
  value: Value,
  { counterpart, from, to }: PromotionInput,
): { value: Value; findings: Finding[] } {
  const field = aliasedField(ref.kind)
  const slug = field === null ? undefined : own(value, field.key)
  if (field === null || typeof slug !== 'string') return { value, findings: [] }
  const there = counterpart(field.section, slug)
  if (there !== null)
    return { value: there === slug ? value : withKey(value, field.key, there), findings: [] }
  const word = field.key
  const finding: Finding = {
    code: word === 'source' ? 'unresolved-source' : 'unresolved-destination',
    severity: 'error',
    message: `Nothing in ${to} stands for the ${word} \`${slug}\` of ${from}.`,
    hint: `Let one alias mean \`${slug}\` in ${from} and its counterpart in ${to}, or copy the ${word} to ${to}.`,
    path: [word],
    at: 'value',
  }
  return { value, findings: [finding] }
}
