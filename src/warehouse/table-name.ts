/** One part of a dotted name. A quoted part means exactly that spelling, a bare one follows the engine's case rule. */
export type NamePart = { readonly text: string; readonly quoted: boolean }

const QUOTES: Readonly<Record<string, string>> = { '"': '"', '`': '`', '[': ']' }

/**
 * Reads `PUBLIC.USERS`, `"Weird ""name"""."a.b"`, `` `project`.`table` `` and `[dbo].[users]`. A bare part
 * runs to the next dot whatever it holds: this is a table's name in a file, not SQL. Null: not a name.
 */
export function parseTableName(text: string): readonly NamePart[] | null {
  const parts: NamePart[] = []
  let rest = text.trim()
  for (;;) {
    const part = readPart(rest)
    if (part === null) return null
    parts.push(part.part)
    rest = part.rest
    if (rest === '') return parts.length <= 3 ? parts : null
    if (!rest.startsWith('.')) return null
    rest = rest.slice(1).trimStart()
  }
}

function readPart(text: string): { part: NamePart; rest: string } | null {
  const close = Object.hasOwn(QUOTES, text.charAt(0)) ? QUOTES[text.charAt(0)] : undefined
  if (close === undefined) {
    const end = text.indexOf('.')
    const bare = (end < 0 ? text : text.slice(0, end)).trim()
    if (bare === '' || hasControl(bare)) return null
    return { part: { text: bare, quoted: false }, rest: end < 0 ? '' : text.slice(end) }
  }
  return readQuoted(text, close)
}

function readQuoted(text: string, close: string): { part: NamePart; rest: string } | null {
  let name = ''
  for (let i = 1; i < text.length; i++) {
    if (text[i] !== close) name += text[i]
    else if (text[i + 1] === close) name += text[i++]
    else if (name === '' || hasControl(name)) return null
    else return { part: { text: name, quoted: true }, rest: text.slice(i + 1).trimStart() }
  }
  return null
}

function hasControl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
  return /[\u0000-\u001f\u007f]/.test(text)
}

/** Standard SQL quoting, the same in DuckDB and PostgreSQL. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A string literal, for our own statements only (paths of files). */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** The name as a model would spell it: quoted only where `plain` says that the bare spelling means something else. */
export function printTableName(parts: readonly string[], plain: RegExp): string {
  return parts.map((part) => (plain.test(part) ? part : quoteIdentifier(part))).join('.')
}
