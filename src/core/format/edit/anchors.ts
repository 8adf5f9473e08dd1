import { type Json, sameJson } from '../../model/json.ts'
import type { Wants } from './compare.ts'
import type { AliasNode, Document, SyntaxNode } from './syntax.ts'

/** What an alias becomes when it does not stay. */
export type AliasFate =
  | { readonly kind: 'keep' }
  /** The old value of the anchor, written out, with the anchor's name: later aliases refer to it. */
  | { readonly kind: 'carry'; readonly name: string; readonly from: SyntaxNode; readonly value: Json }
  | { readonly kind: 'write'; readonly value: Json }

export type Fates = {
  /** Nodes that lose their anchor. */
  readonly bare: ReadonlySet<SyntaxNode>
  alias(node: AliasNode): AliasFate
}

/**
 * A changed value that carried an anchor leaves the old value with its first alias (F14). Where nobody
 * wants the old value any more, the anchor stays and the aliases that want the new one follow it.
 */
export function decideFates(document: Document, wants: Wants): Fates {
  const bare = new Set<SyntaxNode>()
  const fates = new Map<AliasNode, AliasFate>()
  for (const node of document.anchored) {
    const wanted = wants.get(node)
    const aliases = document.aliases.filter((alias) => alias.target === node && wants.has(alias))
    const stays = sameJson(wanted, node.value)
    const heirs = stays ? [] : aliases.filter((alias) => sameJson(wants.get(alias), node.value))
    if (heirs.length > 0) bare.add(node)
    const name = node.anchor?.name ?? ''
    for (const alias of aliases) {
      const value = wants.get(alias) ?? null
      if (alias === heirs[0]) fates.set(alias, { kind: 'carry', name, from: node, value })
      else if (heirs.includes(alias)) fates.set(alias, { kind: 'keep' })
      else if (heirs.length === 0 && sameJson(value, wanted)) fates.set(alias, { kind: 'keep' })
      else fates.set(alias, { kind: 'write', value })
    }
  }
  return { bare, alias: (node) => fates.get(node) ?? { kind: 'write', value: wants.get(node) ?? null } }
}
