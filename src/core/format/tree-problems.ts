import type { Spot } from './yaml-errors.ts'
import type { TreeDocument, YamlNode } from './yaml-node.ts'

export function secondDocument(body: string, first: YamlNode | null, second: TreeDocument): Spot {
  const separator = /^---(?=\s|$)/gm
  separator.lastIndex = first?.end ?? 0
  const offset = separator.exec(body)?.index ?? second.root?.start ?? 0
  const message = 'The file holds more than one YAML document; one was expected.'
  return {
    code: 'yaml-multiple-documents',
    message,
    hint: 'Make a file of each document, and remove the `---`.',
    offset,
  }
}

/** F19: tags, equal keys, keys that are not text. */
export function treeProblems(root: YamlNode): Spot[] {
  const spots = new Map<number, Spot>()

  function visit(node: YamlNode): void {
    if (node.tag !== null) spots.set(node.tag, tagSpot(node.tag))
    if (node.kind === 'sequence') for (const item of node.items) if (item !== null) visit(item)
    if (node.kind !== 'mapping') return
    const seen = new Set<string>()
    for (const { name, key, value } of node.pairs) {
      if (isCollection(key)) spots.set(key.start, collectionKey(key.start))
      else if (seen.has(name)) spots.set(key.start, duplicateKey(name, key.start))
      seen.add(name)
      visit(key)
      if (value !== null) visit(value)
    }
  }

  visit(root)
  return [...spots.values()]
}

function isCollection(key: YamlNode): boolean {
  return typeof key.result === 'object' && key.result !== null
}

function tagSpot(offset: number): Spot {
  const hint = 'Remove the tag; put the value in quotes if it is text.'
  return { code: 'yaml-tag', message: 'YAML tags (`!…`) are not allowed here.', hint, offset }
}

function duplicateKey(name: string, offset: number): Spot {
  const message = `The key \`${name}\` stands here a second time.`
  return { code: 'yaml-duplicate-key', message, hint: 'Keep one of the two.', offset }
}

function collectionKey(offset: number): Spot {
  const message = 'A key must be text, but it is a list or a mapping.'
  return { code: 'wrong-type', message, hint: 'Put the key in quotes.', offset }
}
