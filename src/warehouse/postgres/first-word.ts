/**
 * The word that a PostgreSQL statement begins with, in lower case, behind comments and parentheses:
 * `/* nested *\/ (with x as …` gives `with`. Empty when there is none.
 */
export function firstWord(sql: string): string {
  let at = 0
  for (;;) {
    const rest = sql.slice(at)
    const skipped =
      /^[\s(]+/.exec(rest)?.[0].length ?? (rest.startsWith('--') ? lineLength(rest) : commentLength(rest))
    if (skipped === 0) return /^[a-z]+/i.exec(rest)?.[0].toLowerCase() ?? ''
    at += skipped
  }
}

function lineLength(text: string): number {
  const end = text.indexOf('\n')
  return end < 0 ? text.length : end + 1
}

/** PostgreSQL's block comments nest; one that never ends takes the rest. */
function commentLength(text: string): number {
  if (!text.startsWith('/*')) return 0
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const two = text.slice(at, at + 2)
    if (two !== '/*' && two !== '*/') continue
    depth += two === '/*' ? 1 : -1
    at++
    if (depth === 0) return at + 1
  }
  return text.length
}
