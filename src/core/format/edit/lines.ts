/** Lines of a text whose breaks are `\n`, `\r\n` or `\r`, each as the person made it. */

/** The offset of the line break (or the end of the text) behind `at`. */
export function lineEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end += 1
  return end
}

export function lineStart(text: string, at: number): number {
  let start = at
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start -= 1
  return text[start] === '\uFEFF' ? start + 1 : start
}

/** The beginning of the line behind the one of `at`. */
export function nextLine(text: string, at: number): number {
  const end = lineEnd(text, at)
  return text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length)
}

/** The end of the line before the one of `at`, or null on the first line. */
export function previousLineEnd(text: string, at: number): number | null {
  const start = lineStart(text, at)
  if (start === 0 || text[start - 1] === '\uFEFF') return null
  return text.startsWith('\r\n', start - 2) ? start - 2 : start - 1
}

/** Whether nothing but spaces stands before `at` on its line. */
export function startsLine(text: string, at: number): boolean {
  let start = at
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start -= 1
  return start === 0 || /[\r\n\uFEFF]/.test(text[start - 1] ?? '')
}

export function column(text: string, at: number): number {
  return at - lineStart(text, at)
}

/** The line break of new lines: the one that the text uses first. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n'
}

/** Whether the line that begins at `at` is blank; the end of the text is no line. */
export function isBlankLine(text: string, at: number): boolean {
  return at < text.length && text.slice(at, lineEnd(text, at)).trim() === ''
}
