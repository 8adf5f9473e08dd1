/**
 * A spreadsheet takes a cell that begins so for a formula, also behind spaces, in full width and after its
 * own quotes are taken off: an apostrophe in front makes it text. Names, SQL and messages come from people.
 */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u

export function csvCell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}

/** As RFC 4180 has it: every cell in quotes, lines end with CR LF. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
