import type { Aliases, AliasSection } from '../../core/environments/aliases.ts'
import { checkAliases } from '../../core/environments/check-aliases.ts'
import type { AliasTable } from '../../core/wire/environments.ts'
import type { AliasesWire } from '../../core/wire/git.ts'

export type AliasProblem = { readonly code: string; readonly message: string; readonly hint: string | null }

/** The rules of the alias file (E3) on what is not saved yet, by section and name. */
export function lintDraft(draft: AliasesWire, table: AliasTable): ReadonlyMap<string, AliasProblem> {
  const lines: (string | null)[] = []
  for (const section of ['sources', 'destinations'] as const) {
    const entries = Object.entries(draft[section])
    if (entries.length === 0) continue
    lines.push(null, ...entries.map(([name]) => keyOf(section, name)))
  }
  const aliases: Aliases = {
    sources: new Map(Object.entries(draft.sources)),
    destinations: new Map(Object.entries(draft.destinations)),
  }
  const known = (section: AliasSection) => new Map(table.choices[section].map(({ slug }) => [slug, true]))
  const used = (section: AliasSection) =>
    new Set(table.rows.flatMap((row) => (row.section === section && isUsed(row) ? [row.name] : [])))
  const found = checkAliases(
    { path: table.file, text: textOf(draft), aliases },
    { sources: known('sources'), destinations: known('destinations') },
    { sources: used('sources'), destinations: used('destinations') },
  )
  return new Map(
    found.flatMap(({ line, code, message, hint }) => {
      const key = lines[line - 1]
      return key ? [[key, { code, message, hint }] as const] : []
    }),
  )
}

/** What means nothing here yet is what files wait for. */
function isUsed({ files, meanings }: AliasTable['rows'][number]): boolean {
  return files > 0 || meanings[0]?.slug === null
}

export function keyOf(section: AliasSection, name: string): string {
  return `${section} ${name}`
}

/** A line an alias, in the order in which they are told. JSON's quotes are YAML's too. */
function textOf(draft: AliasesWire): string {
  return (['sources', 'destinations'] as const)
    .flatMap((section) => {
      const entries = Object.entries(draft[section])
      if (entries.length === 0) return []
      return [
        `${section}:`,
        ...entries.map(([name, slug]) => `  ${JSON.stringify(name)}: ${JSON.stringify(slug)}`),
      ]
    })
    .join('\n')
}
