import { CORE_SCHEMA, type EventType, loadAll, type State, Type } from 'js-yaml'
import { parserDepth } from './parser-options.ts'
import type { TreeDocument, YamlNode } from './yaml-node.ts'
import { finishNode } from './yaml-node.ts'

/**
 * The slow tier: the same js-yaml that gives the value, listened to, so that positions and value never
 * disagree. Tags are let through and the last of two equal keys wins: the tree tells where they are, and
 * the rest of the file is checked all the same.
 */
const LENIENT_SCHEMA = CORE_SCHEMA.extend({
  explicit: (['scalar', 'sequence', 'mapping'] as const).map((kind) => new Type('', { kind, multi: true })),
})

/** Thrown out of the parser as soon as there are more alias tokens than nodes that they may make. */
export class TooManyAliases extends Error {
  override readonly name = 'TooManyAliases'
}

type Draft = { readonly opened: number; readonly children: YamlNode[] }

/** `text` has no byte order mark. Throws js-yaml's YAMLException, RangeError or TooManyAliases. */
export function readTree(
  text: string,
  limits: { readonly depth: number; readonly aliasExpansions: number },
): TreeDocument[] {
  const roots: YamlNode[] = []
  const open: Draft[] = []
  let aliases = 0

  function listener(event: EventType, state: State): void {
    if (event === 'open') {
      open.push({ opened: state.position, children: [] })
      return
    }
    const draft = open.pop()
    if (draft === undefined) return
    const node = finishNode(text, draft.opened, draft.children, state)
    if (node.kind === 'alias' && ++aliases > limits.aliasExpansions * 2) throw new TooManyAliases()
    const parent = open.at(-1)
    if (parent === undefined) roots.push(node)
    else parent.children.push(node)
  }

  const options = { schema: LENIENT_SCHEMA, json: true, maxDepth: parserDepth(limits.depth), listener }
  const values = loadAll(text, null, options)
  return values.map((value, i) => ({ value, root: roots[i] ?? null }))
}
