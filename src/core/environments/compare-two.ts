import { diffValues, type FieldChange } from '../format/field-diff.ts'
import { own } from '../model/json.ts'
import { type FileRef, resourceKey, type Value } from '../model/resource.ts'
import { type AliasSection, aliasedField } from './aliases.ts'
import {
  type Correspondence,
  type Corresponds,
  correspondences,
  type Environment,
  meansSame,
  type SummedUp,
  sectionOf,
} from './environment.ts'
import { byKindAndSlug } from './matrix.ts'

/** One real difference. `before` and `after` name the resource on its side; the values are looked up by them. */
export type Difference = FileRef & {
  readonly change: 'added' | 'removed' | 'changed' | 'renamed'
  readonly before: FileRef | null
  readonly after: FileRef | null
  /** It is a file over there that waits for a name (E4). */
  readonly isPending: boolean
}

/** What belongs to the environment and is no difference: a source that stands for another, and how often. */
export type Counterpart = {
  readonly section: AliasSection
  readonly from: string
  readonly to: string
  readonly alias: string | null
  readonly resources: number
}

export type Compared = {
  readonly differences: readonly Difference[]
  readonly counterparts: readonly Counterpart[]
  /** Resources that mean the same on both sides. */
  readonly same: number
}

/** From one workspace to another: what `to` has that `from` has not is added. */
export function compareTwo(from: Environment, to: Environment): Compared {
  const corresponds = correspondences(from, to)
  const removed = [...from.resources.values()].filter((one) => !to.resources.has(resourceKey(one)))
  const added = [...to.resources.values()].filter((one) => !from.resources.has(resourceKey(one)))
  const renamed = renames(removed, added, corresponds)
  const gone = new Set([...renamed.values()].map(resourceKey))
  const changed: Difference[] = []
  const counterparts = new Map<string, Counterpart>()
  let same = 0
  for (const [key, a] of from.resources) {
    const b = to.resources.get(key)
    if (b === undefined) continue
    count(counterparts, a, b, corresponds)
    if (meansSame(a, b, corresponds)) same += 1
    else changed.push(difference('changed', a, b, to))
  }
  const differences = [
    ...removed.filter((a) => !gone.has(resourceKey(a))).map((a) => difference('removed', a, null, to)),
    ...added.map((b) => {
      const a = renamed.get(b)
      return a === undefined ? difference('added', null, b, to) : difference('renamed', a, b, to)
    }),
    ...changed,
  ].sort(byKindAndSlug)
  return { differences, counterparts: [...counterparts.values()], same }
}

function difference(
  change: Difference['change'],
  before: SummedUp | null,
  after: SummedUp | null,
  to: Environment,
): Difference {
  const ref = after ?? before
  if (ref === null) throw new Error('a difference has a side')
  const { kind, slug } = ref
  return {
    kind,
    slug,
    change,
    before: refOf(before),
    after: refOf(after),
    isPending: to.pending.has(resourceKey(ref)),
  }
}

function refOf(one: SummedUp | null): FileRef | null {
  return one && { kind: one.kind, slug: one.slug }
}

/** S18: gone and new, of one kind, equal or differing in `name` alone, and the only such pair. From new to gone. */
function renames(
  removed: readonly SummedUp[],
  added: readonly SummedUp[],
  corresponds: Corresponds,
): Map<SummedUp, SummedUp> {
  const [gone, came] = [Map.groupBy(removed, renameGroup), Map.groupBy(added, renameGroup)]
  const pairs = new Map<SummedUp, SummedUp>()
  for (const [group, some] of came) {
    const pair = renamedPair(gone.get(group) ?? [], some, corresponds)
    if (pair !== null) pairs.set(pair.to, pair.from)
  }
  return pairs
}

/** What is gone on one side and new on the other can only be a rename within one such group. */
export function renameGroup({ kind, content }: SummedUp): string {
  return `${kind} ${content}`
}

/** The rename that a group is. Null: it is none. */
export function renamedPair(
  gone: readonly SummedUp[],
  came: readonly SummedUp[],
  corresponds: Corresponds,
): { readonly from: SummedUp; readonly to: SummedUp } | null {
  const [[from, ...rest], [to, ...others]] = [gone, came]
  if (to === undefined || from === undefined || others.length + rest.length > 0) return null
  const section = sectionOf(to.kind)
  return section === null || corresponds(section, from.connection, to.connection) ? { from, to } : null
}

function count(counts: Map<string, Counterpart>, a: SummedUp, b: SummedUp, corresponds: Corresponds): void {
  const section = sectionOf(a.kind)
  if (section === null || a.connection === null || b.connection === null) return
  const found = corresponds(section, a.connection, b.connection)
  if (found === null || found.by === 'slug') return
  const key = JSON.stringify([section, a.connection, b.connection])
  const alias = found.by === 'alias' ? found.alias : null
  const resources = (counts.get(key)?.resources ?? 0) + 1
  counts.set(key, { section, from: a.connection, to: b.connection, alias, resources })
}

/** `environment`: the two stand for each other, so this field is no difference of the schema. */
export type EnvironmentField = FieldChange & { readonly environment: boolean }

/** The fields of two values, with what belongs to the environment told apart. */
export function environmentFields(
  { kind, change }: Difference,
  before: Value | null,
  after: Value | null,
  corresponds: Corresponds,
): EnvironmentField[] {
  const field = aliasedField(kind)
  const found: Correspondence | null =
    field === null || change === 'added' || change === 'removed'
      ? null
      : corresponds(field.section, slugIn(before, field.key), slugIn(after, field.key))
  return diffValues(kind, before, after).map((one) => ({
    ...one,
    environment: field !== null && one.path === `/${field.key}` && found !== null,
  }))
}

function slugIn(value: Value | null, key: string): string | null {
  const slug = value && own(value, key)
  return typeof slug === 'string' ? slug : null
}
