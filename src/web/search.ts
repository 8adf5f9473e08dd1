import { type FileKind, isFileKind, isKind } from '../core/model/kind.ts'
import { STEPS, type Step } from './connect/draft.ts'

/** What pages keep in the URL: filter, sort and view, so that a link shows what its sender saw. */
type Search = Readonly<Record<string, unknown>>

export type SortKey = 'name' | 'kind' | 'source' | 'git' | 'destination' | 'type' | 'changed'
export type ListSearch = { readonly q?: string; readonly sort?: SortKey; readonly desc?: true }
export type SchemaView = 'canvas' | 'list'
/** Without a view: what the width is good for. */
export type SchemaSearch = ListSearch & { readonly view?: SchemaView; readonly focus?: string }
export type ConnectSearch = { readonly step?: Step; readonly run?: string }
export type SignInSearch = { readonly next?: string }

const SORT_KEYS: readonly SortKey[] = ['name', 'kind', 'source', 'git', 'destination', 'type', 'changed']

function text<K extends string>(search: Search, key: K): { [key in K]?: string } {
  const value = search[key]
  // A filter such as `42` comes back from the URL as a number.
  if (typeof value !== 'string' && typeof value !== 'number') return {}
  // An object with one computed key has no narrower type of its own.
  return (value === '' ? {} : { [key]: String(value) }) as { [key in K]?: string }
}

export function parseListSearch(search: Search): ListSearch {
  const sort = SORT_KEYS.find((key) => key === search.sort)
  return { ...text(search, 'q'), ...(sort ? { sort } : {}), ...(search.desc === true ? { desc: true } : {}) }
}

export function parseSchemaSearch(search: Search): SchemaSearch {
  return {
    ...parseListSearch(search),
    ...text(search, 'focus'),
    ...(search.view === 'list' || search.view === 'canvas' ? { view: search.view } : {}),
  }
}

export function parseConnectSearch(search: Search): ConnectSearch {
  const step = STEPS.find((one) => one === search.step)
  return { ...(step ? { step } : {}), ...text(search, 'run') }
}

/** One resource or the schema as a whole, by field or as text. */
export type VersionSearch = { readonly kind?: FileKind; readonly slug?: string; readonly view?: 'text' }
export type CompareSearch = VersionSearch & { readonly from?: string; readonly to?: string }

export function parseVersionSearch(search: Search): VersionSearch {
  const { kind } = search
  const isOne = typeof kind === 'string' && isKind(kind) && isFileKind(kind)
  return {
    ...(isOne ? { kind } : {}),
    ...text(search, 'slug'),
    ...(search.view === 'text' ? { view: 'text' } : {}),
  }
}

export function parseCompareSearch(search: Search): CompareSearch {
  return { ...parseVersionSearch(search), ...text(search, 'from'), ...text(search, 'to') }
}

/** `with`: the workspaces beside this one, by commas; `all`: what is alike too. */
export type EnvironmentsSearch = {
  readonly q?: string
  readonly kind?: FileKind
  readonly with?: string
  readonly all?: true
}

export function parseEnvironmentsSearch(search: Search): EnvironmentsSearch {
  const { kind } = parseVersionSearch(search)
  return {
    ...text(search, 'q'),
    ...(kind ? { kind } : {}),
    ...text(search, 'with'),
    ...(search.all === true ? { all: true } : {}),
  }
}

export function parseCompareEnvironmentsSearch(search: Search): Pick<CompareSearch, 'from' | 'to'> {
  return { ...text(search, 'from'), ...text(search, 'to') }
}

/** Null: the schema as a whole. */
export function scopeOf({ kind, slug }: VersionSearch): { kind: FileKind; slug: string } | null {
  return kind !== undefined && slug !== undefined ? { kind, slug } : null
}

/** `area`: the first word of the action. */
export type AuditSearch = {
  readonly person?: string
  readonly area?: string
  readonly resource?: string
  readonly days?: number
}

export function parseAuditSearch(search: Search): AuditSearch {
  const days = Number(search.days)
  return {
    ...text(search, 'person'),
    ...text(search, 'area'),
    ...text(search, 'resource'),
    ...(Number.isInteger(days) && days >= 1 && days <= 3660 ? { days } : {}),
  }
}

/** Only a path of this page: an address from elsewhere would make sign-in a redirector. */
export function parseSignInSearch(search: Search): SignInSearch {
  const { next } = text(search, 'next')
  return next !== undefined && /^\/(?![/\\])/.test(next) ? { next } : {}
}

/** A click on a heading: sort by it, and the other way round when it is sorted by it already. */
export function nextSort<S extends ListSearch>(search: S, key: SortKey): S {
  const { desc: _, ...rest } = search
  const again = (search.sort ?? 'name') === key && !search.desc
  // A spread of a generic type forgets that only `sort` and `desc` were set.
  return { ...rest, sort: key, ...(again ? { desc: true } : {}) } as S
}
