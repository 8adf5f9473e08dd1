import type { NamedText } from './spec-rules.ts'

export type Attack = { readonly rule: string; readonly file: string; readonly title: string }

/** A title that begins with rule numbers, to the quote that ends it. */
const TITLE = /(['"`])((?:\[[A-Z]\d+(?:, ?[A-Z]\d+)*\] ?)+(?:\\.|(?!\1)[^\\\n])*)\1/g
const SECURITY = /Z\d+/g

/** Every test of a rule of docs/spec/security.md, by its title; one with two rules stands under each. */
export function attacksOf(tests: readonly NamedText[]): Attack[] {
  const found = tests.flatMap(({ name, text }) =>
    [...text.matchAll(TITLE)].flatMap(([, , title = '']) => {
      const end = /^(?:\[[^\]]*\] ?)+/.exec(title)?.[0].length ?? 0
      const words = title
        .slice(end)
        .trim()
        .replace(/\\(['"`])/g, '$1')
      return [...title.slice(0, end).matchAll(SECURITY)].map(([rule]) => ({ rule, file: name, title: words }))
    }),
  )
  return found.toSorted((a, b) => number(a) - number(b) || compare(a.file, b.file))
}

const number = ({ rule }: Attack) => Number(rule.slice(1))
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** The list as docs/security.md holds it: by rule, and in it by file. */
export function attackTable(attacks: readonly Attack[], words: ReadonlyMap<string, string>): string {
  const rules = [...new Set(attacks.map(({ rule }) => rule))]
  return rules
    .map((rule) => {
      const mine = attacks.filter((attack) => attack.rule === rule)
      const files = [...new Set(mine.map(({ file }) => file))]
      const lines = files.flatMap((file) => [
        `- \`${file}\``,
        ...mine.filter((attack) => attack.file === file).map(({ title }) => `  - ${plain(title)}`),
      ])
      return [`### ${rule}: ${words.get(rule) ?? ''}`, '', ...lines, ''].join('\n')
    })
    .join('\n')
}

/** A title is words, not Markdown: `%s`, `*` and `<x>` stand as they are. */
function plain(title: string): string {
  return title.replace(/[\\`*_<>|[\]]/g, '\\$&')
}

/** The document with this list between its two marks. Null: it has no marks. */
export function withAttacks(document: string, table: string): string | null {
  const parts = /^([\s\S]*<!-- attacks: .*-->\n)[\s\S]*?(<!-- end of attacks -->[\s\S]*)$/.exec(document)
  return parts === null ? null : `${parts[1]}\n${table}\n${parts[2]}`
}
