/** A node of the position tree. `start` and `end` are offsets (UTF-16) into the text without its byte order mark. */
type Place = {
  readonly start: number
  readonly end: number
  /** Where an explicit tag stands, also `!!str`. */
  readonly tag: number | null
  /** What js-yaml made of it: tells a collection that was tried as a key first from a real child. */
  readonly result: unknown
}
export type YamlPair = { readonly name: string; readonly key: YamlNode; readonly value: YamlNode | null }
export type YamlNode =
  | (Place & { readonly kind: 'scalar' | 'alias' | 'empty' })
  | (Place & { readonly kind: 'mapping'; readonly pairs: readonly YamlPair[] })
  | (Place & { readonly kind: 'sequence'; readonly items: readonly (YamlNode | null)[] })

export type TreeDocument = { readonly value: unknown; readonly root: YamlNode | null }

/** The parser's state when it closes a node. */
type Closing = { readonly position: number; readonly kind: string | null; readonly result: unknown }

/**
 * Makes a node of what the parser did between `opened` and now. It opens a node before the blanks and comments
 * in front of it, and tries the beginning of each block as a key: children may be left from such a trial.
 */
export function finishNode(
  text: string,
  opened: number,
  children: readonly YamlNode[],
  closing: Closing,
): YamlNode {
  const end = closing.position
  const { start, tag } = skipProperties(text, opened, end)
  const place = { start: Math.min(start, end), end, tag, result: closing.result }
  if (closing.kind === null) {
    if (start < end && text[start] === '*') return { ...place, kind: 'alias' }
    return { ...place, kind: 'empty', start: tag ?? opened }
  }
  if (closing.kind === 'scalar') return { ...place, kind: 'scalar' }
  const trial = children.at(-1)
  if (trial !== undefined && isSameCollection(trial, closing.result))
    return { ...trial, tag: trial.tag ?? tag }
  if (closing.kind === 'mapping') {
    return { ...place, kind: 'mapping', pairs: pairsOf(text, children, text[start] === '{') }
  }
  return {
    ...place,
    kind: 'sequence',
    items: text[start] === '[' ? flowItems(text, children) : blockItems(text, start, children),
  }
}

function isSameCollection(node: YamlNode, result: unknown): boolean {
  return (node.kind === 'mapping' || node.kind === 'sequence') && node.result === result
}

/** A key is followed by `:`, and then by its value; keys without a value (`? a`, `{a, b}`) are not. */
function pairsOf(text: string, children: readonly YamlNode[], flow: boolean): YamlPair[] {
  const pairs: YamlPair[] = []
  for (let i = 0; i < children.length; i++) {
    const key = children[i]
    if (key === undefined) break
    if (text[skipTrivia(text, key.end)] === ':')
      pairs.push({ name: nameOf(key), key, value: children[++i] ?? null })
    else if (flow || key.kind !== 'empty' || key.tag !== null)
      pairs.push({ name: nameOf(key), key, value: null })
  }
  return pairs
}

/** js-yaml makes text of every key. */
function nameOf(key: YamlNode): string {
  return typeof key.result === 'object' && key.result !== null ? '' : String(key.result)
}

/** `[a, b: c]` holds a mapping of one pair that the parser never opens. */
function flowItems(text: string, children: readonly YamlNode[]): YamlNode[] {
  const items: YamlNode[] = []
  for (let i = 0; i < children.length; i++) {
    const node = children[i]
    if (node === undefined) break
    if (text[skipTrivia(text, node.end)] !== ':') {
      items.push(node)
      continue
    }
    const value = children[++i] ?? null
    const pair = { name: nameOf(node), key: node, value }
    const { start } = node
    items.push({
      kind: 'mapping',
      start,
      end: value?.end ?? node.end,
      tag: null,
      result: null,
      pairs: [pair],
    })
  }
  return items
}

/** The parser opens no node for a `-` with nothing behind it: each item is found again at its dash. */
function blockItems(text: string, start: number, children: readonly YamlNode[]): (YamlNode | null)[] {
  const items: (YamlNode | null)[] = []
  let next = 0
  let dash = start
  while (text[dash] === '-') {
    const content = skipTrivia(text, dash + 1)
    const child = children[next]
    const mine = child !== undefined && firstOffset(child) <= skipProperties(text, content, text.length).start
    if (mine) next++
    items.push(mine ? child : null)
    dash = mine ? Math.max(skipTrivia(text, child.end), content) : content
  }
  return items
}

function firstOffset(node: YamlNode): number {
  return node.tag === null ? node.start : Math.min(node.tag, node.start)
}

/** Behind blanks, line ends and comments, as js-yaml skips them. */
export function skipTrivia(text: string, from: number): number {
  let at = from
  for (;;) {
    const char = text[at]
    if (char === ' ' || char === '\t' || char === '\n' || char === '\r') at++
    else if (char === '#') while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++
    else return at
  }
}

const PROPERTY = /!<[^>]*>|[!&][^ \t\r\n[\]{},]*/y

/** Where the content begins, behind at most one anchor and one tag. */
function skipProperties(text: string, from: number, end: number): { start: number; tag: number | null } {
  let at = skipTrivia(text, from)
  let tag: number | null = null
  let anchored = false
  while (at < end && ((text[at] === '!' && tag === null) || (text[at] === '&' && !anchored))) {
    if (text[at] === '!') tag = at
    else anchored = true
    PROPERTY.lastIndex = at
    const length = PROPERTY.exec(text)?.[0].length ?? 1
    at = skipTrivia(text, at + length)
  }
  return { start: at, tag }
}
