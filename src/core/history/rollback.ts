import { diffValues, type FieldChange } from '../format/field-diff.ts'
import type { Finding } from '../model/diagnostic.ts'
import { KIND_WORDS } from '../model/kind.ts'
import { type FileRef, type ResourceKey, resourceKey, type Value } from '../model/resource.ts'
import { type Present, restoredValue, type SlugToday } from './restored-value.ts'

/** One resource then and now. `past` null: it did not exist; `now` null: it exists no more. */
export type RollbackPair = {
  readonly past: { readonly ref: FileRef; readonly value: Value } | null
  readonly now: (Present & { readonly ref: FileRef; readonly revision: string }) | null
}

export type RollbackWrite = FileRef & {
  readonly value: Value
  /** Null: nothing may be there. */
  readonly revision: string | null
}
export type RollbackDelete = FileRef & { readonly revision: string }

export type RollbackChange = FileRef & {
  readonly change: 'added' | 'changed' | 'removed'
  readonly fields: readonly FieldChange[]
}

export type Rollback = {
  readonly writes: readonly RollbackWrite[]
  readonly deletes: readonly RollbackDelete[]
  /** The same for people. */
  readonly changes: readonly RollbackChange[]
  readonly findings: readonly (FileRef & { readonly findings: readonly Finding[] })[]
}

/** S23: from a state of the past to the change set that brings it back. Today's slugs and places stay. */
export function planRollback(pairs: readonly RollbackPair[], slugToday: SlugToday): Rollback {
  const writes: RollbackWrite[] = []
  const changes: RollbackChange[] = []
  const findings: Rollback['findings'][number][] = []
  const goes = new Map(
    pairs.flatMap(({ past, now }) => (past === null && now ? [[resourceKey(now.ref), now] as const] : [])),
  )
  const kept = new Set(pairs.flatMap(({ past, now }) => (past && now ? [resourceKey(now.ref)] : [])))
  const made = new Set<ResourceKey>()
  for (const { past, now } of pairs) {
    if (past === null) continue
    const key = resourceKey(past.ref)
    if (now === null && (kept.has(key) || made.has(key))) {
      findings.push({ ...past.ref, findings: [slugTaken(past.ref, kept.has(key))] })
      continue
    }
    // What came under a free slug later makes room by being written over: its slug is not free to be made anew.
    const present = now ?? goes.get(key) ?? null
    if (now === null) made.add(key)
    if (now === null) goes.delete(key)
    const ref = present?.ref ?? past.ref
    const value = restoredValue(ref, past.value, now, slugToday)
    const fields = diffValues(ref.kind, present?.value ?? null, value)
    if (present && fields.length === 0) continue
    writes.push({ ...ref, value, revision: present?.revision ?? null })
    changes.push({ ...ref, change: present ? 'changed' : 'added', fields })
  }
  const deletes = [...goes.values()].map(({ ref, revision }) => ({ ...ref, revision }))
  const removed = [...goes.values()].map(
    ({ ref, value }): RollbackChange => ({
      ...ref,
      change: 'removed',
      fields: diffValues(ref.kind, value, null),
    }),
  )
  return { writes, deletes, changes: [...removed, ...changes], findings }
}

function slugTaken({ kind, slug }: FileRef, byRenamed: boolean): Finding {
  const why = byRenamed
    ? 'is taken: another one was given it since, and keeps it'
    : 'belonged to two files of that commit'
  return {
    code: 'duplicate-slug',
    severity: 'error',
    message: `The slug of the ${KIND_WORDS[kind]} "${slug}" ${why}.`,
    hint: byRenamed ? 'Rename that one first.' : 'Restore them one by one, from another commit.',
    path: [],
    at: 'value',
  }
}
