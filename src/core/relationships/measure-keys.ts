import { keyFamily } from './key-type.ts'

export type Cardinality = '1:1' | '1:many' | 'many:1'
export type RealCardinality = Cardinality | 'many:many'

/**
 * The keys of one side: for each row the values of its key columns as text, null where a row has no value.
 * `complete`: these are all rows, not only the first.
 */
export type KeySample = {
  readonly types: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly complete: boolean
}

export type SideMeasure = {
  readonly rows: number
  readonly complete: boolean
  /** Different keys; rows without one. */
  readonly keys: number
  readonly missing: number
  /** The part of its rows with a key that find one on the other side; null: not known. */
  readonly matched: number | null
}

export type KeyWarning = {
  readonly code: 'types-differ' | 'nothing-matches' | 'few-match' | 'keys-missing' | 'cardinality-differs'
  readonly message: string
}

export type KeyMeasure = {
  readonly from: SideMeasure
  readonly to: SideMeasure
  /** What the rows say; null: too few rows with a key to say anything. */
  readonly cardinality: RealCardinality | null
  readonly warnings: readonly KeyWarning[]
}

type Declared = {
  readonly cardinality: Cardinality
  readonly pairs: readonly { readonly fromColumn: string; readonly toColumn: string }[]
  readonly names: { readonly from: string; readonly to: string }
}

const FEW = 0.5
const SHARE_MISSING = 0.2

/** W3: what the data says of a relationship, and where that contradicts what is declared. */
export function measureKeys(from: KeySample, to: KeySample, declared: Declared): KeyMeasure {
  const [a, b] = [keysOf(from), keysOf(to)]
  const [fromSide, toSide] = [sideOf(from, a, b, to), sideOf(to, b, a, from)]
  const cardinality = realCardinality(a, b)
  return {
    from: fromSide,
    to: toSide,
    cardinality,
    warnings: [
      ...typeWarnings(from, to, declared),
      ...matchWarnings(fromSide, toSide, declared),
      ...missingWarnings(fromSide, declared.names.from),
      ...missingWarnings(toSide, declared.names.to),
      ...cardinalityWarnings(cardinality, declared),
    ],
  }
}

/** How often each key is there. A key with a missing part is none, as in SQL. */
function keysOf({ rows }: KeySample): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) {
    if (row.some((value) => value === null)) continue
    const key = JSON.stringify(row)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function sideOf(
  sample: KeySample,
  own: ReadonlyMap<string, number>,
  others: ReadonlyMap<string, number>,
  other: KeySample,
): SideMeasure {
  let [withKey, found] = [0, 0]
  for (const [key, count] of own) {
    withKey += count
    if (others.has(key)) found += count
  }
  // A key that is not among the first rows of the other side may be among the rest.
  const isKnown = withKey > 0 && (other.complete || found === withKey)
  return {
    rows: sample.rows.length,
    complete: sample.complete,
    keys: own.size,
    missing: sample.rows.length - withKey,
    matched: isKnown ? found / withKey : null,
  }
}

/** A repeated key in any part of the rows is one in all of them, so the first rows can prove *many*, never *one*. */
function realCardinality(
  from: ReadonlyMap<string, number>,
  to: ReadonlyMap<string, number>,
): RealCardinality | null {
  if (from.size === 0 || to.size === 0) return null
  const repeats = (keys: ReadonlyMap<string, number>) => [...keys.values()].some((count) => count > 1)
  const [fromMany, toMany] = [repeats(from), repeats(to)]
  if (fromMany) return toMany ? 'many:many' : 'many:1'
  return toMany ? '1:many' : '1:1'
}

function typeWarnings(from: KeySample, to: KeySample, { pairs }: Declared): KeyWarning[] {
  return pairs.flatMap(({ fromColumn, toColumn }, i) => {
    const [a = '', b = ''] = [from.types[i], to.types[i]]
    const [one, other] = [keyFamily(a), keyFamily(b)]
    if (one === other || one === 'other' || other === 'other') return []
    const message = `${fromColumn} is ${a} and ${toColumn} is ${b}: a join of the two fails or finds nothing in many warehouses. Cast one of them in its model's SQL.`
    return [{ code: 'types-differ', message }]
  })
}

function matchWarnings(from: SideMeasure, to: SideMeasure, { names }: Declared): KeyWarning[] {
  const shares = [from.matched, to.matched].filter((share) => share !== null)
  const best = Math.max(...shares)
  if (shares.length === 0 || best >= FEW) return []
  if (best === 0) {
    const message = `No row of ${names.from} finds one of ${names.to} by these columns. Choose the columns that hold the same values.`
    return [{ code: 'nothing-matches', message }]
  }
  const message = `At most ${percent(best)} of the rows on either side find one on the other. Check that these are the right columns.`
  return [{ code: 'few-match', message }]
}

function missingWarnings({ rows, missing }: SideMeasure, name: string): KeyWarning[] {
  if (rows === 0 || missing / rows < SHARE_MISSING) return []
  const message = `${percent(missing / rows)} of the rows of ${name} have no value in these columns: they are joined to nothing.`
  return [{ code: 'keys-missing', message }]
}

const MANY: Readonly<Record<RealCardinality, { readonly from: boolean; readonly to: boolean }>> = {
  '1:1': { from: false, to: false },
  '1:many': { from: false, to: true },
  'many:1': { from: true, to: false },
  'many:many': { from: true, to: true },
}

/** Fewer than declared is no contradiction: what is declared *many* may be one so far. */
function cardinalityWarnings(real: RealCardinality | null, declared: Declared): KeyWarning[] {
  if (real === null) return []
  const { names } = declared
  const [is, said] = [MANY[real], MANY[declared.cardinality]]
  const broken = [...(is.from && !said.from ? [names.from] : []), ...(is.to && !said.to ? [names.to] : [])]
  if (broken.length === 0) return []
  const cure =
    real === 'many:many'
      ? 'No relationship is many to many: join by columns that are unique on one side.'
      : `Declare it as ${real}, or join by columns that are unique there.`
  const message = `Declared is ${declared.cardinality}, but ${broken.join(' and ')} has several rows with the same key. ${cure}`
  return [{ code: 'cardinality-differs', message }]
}

/** Never 0 % or 100 % of what is a little of, or not quite, the whole. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100)
  if (share > 0 && rounded === 0) return 'less than 1 %'
  return share < 1 && rounded === 100 ? 'more than 99 %' : `${rounded} %`
}
