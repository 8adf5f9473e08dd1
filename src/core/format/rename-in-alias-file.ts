import { dump } from 'js-yaml'
import type { Aliases, AliasSection } from '../environments/aliases.ts'
import { sameAliases } from '../plan/merge-aliases.ts'
import { writeAliasFile } from './alias-file.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { withoutByteOrderMark } from './parse-yaml.ts'
import { readAliases } from './read-file.ts'
import type { YamlNode } from './yaml-node.ts'
import { readTree } from './yaml-tree.ts'

type Rename = { readonly section: AliasSection; readonly from: string; readonly to: string }

/**
 * The alias file that says `after`: the name is changed where it stands, with its comment and its place, where
 * that alone gives it; else as any change of the aliases is written (F17).
 */
export function renameInAliasFile(text: string | null, rename: Rename, after: Aliases): string {
  if (text === null) return writeAliasFile(text, after)
  const edited = splice(text, rename)
  const { aliases, diagnostics } = readAliases('', edited, DEFAULT_LIMITS)
  const isSound = diagnostics.every(({ severity }) => severity !== 'error')
  return isSound && aliases && sameAliases(aliases, after) ? edited : writeAliasFile(text, after)
}

function splice(text: string, { section, from, to }: Rename): string {
  const body = withoutByteOrderMark(text)
  const root = readTree(body, DEFAULT_LIMITS)[0]?.root
  const spots = entriesOf(entriesOf(root ?? null).find(({ name }) => name === section)?.value ?? null)
    .flatMap(({ name, key, value }) => [
      ...(name === from ? [key] : []),
      ...(name !== from && value?.kind === 'scalar' && value.result === from ? [value] : []),
    ])
    .toSorted((a, b) => b.start - a.start)
  const name = dump(to, { lineWidth: -1 }).trimEnd()
  const edited = spots.reduce((all, { start, end }) => all.slice(0, start) + name + all.slice(end), body)
  return text.slice(0, text.length - body.length) + edited
}

function entriesOf(node: YamlNode | null) {
  return node?.kind === 'mapping' ? node.pairs : []
}
