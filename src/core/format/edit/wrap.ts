/**
 * `text`, without line breaks of its own, on several lines that a reader folds back into one: as the
 * person broke the old lines where these still fit, else at `width`.
 */
export function wrapLike(old: readonly string[], text: string, width: number): string[] {
  let head = 0
  let rest = text
  while (head < old.length && rest.startsWith(`${old[head]} `) && isBreak(rest, old[head]?.length ?? 0)) {
    rest = rest.slice((old[head]?.length ?? 0) + 1)
    head += 1
  }
  // What is added at the end goes on behind the last line.
  if (head > 0 && head === old.length) {
    head -= 1
    rest = `${old[head]} ${rest}`
  }
  const tail: string[] = []
  for (let i = old.length - 1; i > head; i -= 1) {
    const line = old[i] ?? ''
    if (!rest.endsWith(` ${line}`) || !isBreak(rest, rest.length - line.length - 1)) break
    rest = rest.slice(0, -line.length - 1)
    tail.unshift(line)
  }
  return [...old.slice(0, head), ...wrap(rest, width), ...tail]
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let start = 0
  let last = -1
  for (let i = 0; i <= text.length; i += 1) {
    if (i < text.length && (text[i] !== ' ' || !isBreak(text, i))) continue
    if (i - start > width && last > start) {
      lines.push(text.slice(start, last))
      start = last + 1
    }
    last = i
  }
  return [...lines, text.slice(start)]
}

/** Only a single space between two words may become a line break, and none in front of a comment's sign. */
function isBreak(text: string, at: number): boolean {
  return text[at] === ' ' && /\S/.test(text[at - 1] ?? ' ') && /[^\s#]/.test(text[at + 1] ?? ' ')
}
