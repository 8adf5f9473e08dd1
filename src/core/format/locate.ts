import type { Finding } from '../model/diagnostic.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { lineIndex, type Position } from './line-index.ts'
import { withoutByteOrderMark } from './parse-yaml.ts'
import type { YamlNode, YamlPair } from './yaml-node.ts'
import { readTree } from './yaml-tree.ts'

type Wanted = Pick<Finding, 'path' | 'at'>
export type Locator = {
  /** Line and column of a finding; the nearest ancestor where the path leaves the text. */
  find(finding: Wanted): Position
  at(offset: number): Position
}

/** Where a finding stands in a text. For several findings of one text, `createLocator` reads it once. */
export function locate(text: string, finding: Wanted): Position {
  return createLocator(text).find(finding)
}

/** Reads positions only when the first is asked for: most files have nothing to report. */
export function createLocator(text: string): Locator {
  const body = withoutByteOrderMark(text)
  const at = lineIndex(body)
  const pairs = new Map<YamlNode, Map<string, YamlPair>>()
  let root: YamlNode | null | undefined

  function find({ path, at: place }: Wanted): Position {
    root ??= readRoot(body)
    let node: YamlNode | null = root
    let offset = 0
    for (const [depth, part] of path.entries()) {
      const pair: YamlPair | undefined = node === null ? undefined : pairAt(node, part)
      if (pair === undefined) {
        const item = node?.kind === 'sequence' ? node.items[Number(part)] : undefined
        if (item === undefined || item === null) break
        node = item
        offset = item.start
        continue
      }
      node = pair.value
      const last = depth === path.length - 1
      offset = last && place === 'value' && besideKey(body, pair) ? (pair.value?.start ?? 0) : pair.key.start
    }
    return at(offset)
  }

  function pairAt(node: YamlNode, part: string | number): YamlPair | undefined {
    if (node.kind !== 'mapping') return undefined
    let names = pairs.get(node)
    if (names === undefined) {
      names = new Map(node.pairs.map((pair) => [pair.name, pair]))
      pairs.set(node, names)
    }
    return names.get(String(part))
  }

  return { find, at }
}

function readRoot(body: string): YamlNode | null {
  try {
    return readTree(body, { ...DEFAULT_LIMITS, depth: 1000 })[0]?.root ?? null
  } catch {
    return null
  }
}

/** A value on a later line than its key is a block: people look for it at its key. */
function besideKey(body: string, { key, value }: YamlPair): boolean {
  if (value === null || value.kind === 'empty') return false
  const between = body.slice(key.end, value.start)
  return !/[\r\n]/.test(between)
}
