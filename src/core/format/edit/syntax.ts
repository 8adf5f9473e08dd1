import type { Json, JsonObject } from '../../model/json.ts'

/**
 * A document as a person wrote it: where every value stands in the text. Offsets count UTF-16 units;
 * `start` and `end` of a node leave out its anchor, comments around it and the line break behind it.
 */
export type SyntaxNode = ScalarNode | BlockScalarNode | EmptyNode | AliasNode | MapNode | ListNode

type Place = { readonly start: number; readonly end: number; readonly anchor: Anchor | null }

export type Anchor = { readonly name: string; readonly start: number; readonly end: number }

export type ScalarNode = Place & {
  readonly kind: 'scalar'
  readonly style: 'plain' | 'single' | 'double'
  readonly value: Json
}

/** `|` and `>`. Blank lines behind the text belong to it only when the header keeps them (`+`). */
export type BlockScalarNode = Place & {
  readonly kind: 'block-scalar'
  readonly header: string
  readonly value: Json
}

/** Nothing where a value could stand: `key:`. */
export type EmptyNode = Place & { readonly kind: 'empty'; readonly value: Json }

export type AliasNode = Place & { readonly kind: 'alias'; readonly target: SyntaxNode; readonly value: Json }

/** `column` is that of the first entry, which is the indentation of a block collection. */
type Collection = Place & {
  readonly flow: boolean
  readonly column: number
  readonly entries: readonly Entry[]
}

export type MapNode = Collection & { readonly kind: 'map'; readonly value: JsonObject }
export type ListNode = Collection & { readonly kind: 'list'; readonly value: readonly Json[] }
export type CollectionNode = MapNode | ListNode

/**
 * A pair of a map or an element of a list. `start` is that of its key, `?` or dash (or anchor before the
 * key); `head` is the end of what stands before its value: the colon, the dash, else `start`.
 */
export type Entry = {
  readonly start: number
  readonly head: number
  readonly end: number
  readonly key: string
  readonly keyNode: SyntaxNode | null
  readonly colon: boolean
  /** In flow collections: the comma behind it. */
  readonly comma: number | null
  readonly value: SyntaxNode
}

export type Document = {
  readonly text: string
  readonly root: SyntaxNode | null
  /** In the order of the text. */
  readonly anchored: readonly SyntaxNode[]
  readonly aliases: readonly AliasNode[]
}
