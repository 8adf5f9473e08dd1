import { keyFamily } from './key-type.ts'

export type KeyColumn = { readonly name: string; readonly type: string }
export type KeySide = {
  /** The model's slug and name, as a foreign key may spell them. */
  readonly names: readonly string[]
  readonly primaryKey: string | null
  readonly columns: readonly KeyColumn[]
}
export type KeyProposal = { readonly fromColumn: string; readonly toColumn: string; readonly why: string }

const MOST = 5

/**
 * Pairs of columns that may join two models, the likeliest first: a primary key that the other side has by
 * the same name, one that the other side names after the model (`user_id` for `id` of `users`), then any
 * shared name that reads like a key. Columns whose types cannot be equal are left out.
 */
export function proposeKeys(from: KeySide, to: KeySide): KeyProposal[] {
  const scored = from.columns.flatMap((a) =>
    to.columns.flatMap((b) => {
      const found = judge(a, b, from, to)
      return found === null ? [] : [{ ...found, fromColumn: a.name, toColumn: b.name }]
    }),
  )
  return scored
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ fromColumn, toColumn, why }) => ({ fromColumn, toColumn, why }))
}

function judge(
  a: KeyColumn,
  b: KeyColumn,
  from: KeySide,
  to: KeySide,
): { score: number; why: string } | null {
  if (!mayEqual(a.type, b.type)) return null
  const same = plain(a.name) === plain(b.name)
  const [aIsKey, bIsKey] = [isKey(a, from), isKey(b, to)]
  if (same && (aIsKey || bIsKey) && !isBare(a.name)) {
    return { score: 4, why: `Both have ${a.name}, the primary key of the ${aIsKey ? 'first' : 'second'}` }
  }
  if (aIsKey && namedAfter(b.name, a.name, from)) return { score: 3, why: `${b.name} names the first model` }
  if (bIsKey && namedAfter(a.name, b.name, to)) return { score: 3, why: `${a.name} names the second model` }
  if (same && !isBare(a.name) && /(?:_|^)(?:id|key|uuid|code|email)$/.test(snake(a.name))) {
    return { score: 2, why: `Both have ${a.name}` }
  }
  return null
}

/** `id` is in every table and says nothing of another one. */
const isBare = (name: string) => ['id', 'uuid', 'key'].includes(plain(name))
const isKey = ({ name }: KeyColumn, { primaryKey }: KeySide) =>
  primaryKey !== null && plain(name) === plain(primaryKey)

/** `user_id`, `userId`, `users_id` for the key `id` of the model `users`. */
function namedAfter(column: string, key: string, { names }: KeySide): boolean {
  const wanted = names.flatMap((name) => [plain(name), singular(plain(name))])
  return wanted.some((name) => plain(column) === `${name}${plain(key)}`)
}

function singular(name: string): string {
  if (name.endsWith('ies')) return `${name.slice(0, -3)}y`
  return name.endsWith('s') ? name.slice(0, -1) : name
}

const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
const snake = (name: string) => name.replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2').toLowerCase()

function mayEqual(a: string, b: string): boolean {
  const [one, other] = [keyFamily(a), keyFamily(b)]
  return one === other || one === 'other' || other === 'other'
}
