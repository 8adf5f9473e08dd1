import { oneLine } from './hostile-text.ts'

export type Trailer = readonly [name: string, value: string]

const SUBJECT_CHARACTERS = 200
const LINE_CHARACTERS = 1_000
const BODY_LINES = 200
const TRAILER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/
/** What git or a host would read as a trailer, or as the end of the message, wherever it stands. */
const READ_BY_PROGRAMS = /^\s*(?:[A-Za-z0-9][A-Za-z0-9 -]*:|\(cherry picked from|---|diff |Index:|#)/

/**
 * Z10: a commit message in which only `trailers` are trailers. Subject and body may come from people: the
 * subject becomes one line; a line of the body that a program would read is quoted with `> `.
 */
export function commitMessage(subject: string, body: string | null, trailers: readonly Trailer[]): string {
  const title = oneLine(subject, SUBJECT_CHARACTERS) || 'Update'
  const text = body === null ? '' : bodyText(body)
  const block = trailers.map(trailerLine).join('\n')
  return `${[title, text, block].filter((part) => part !== '').join('\n\n')}\n`
}

function bodyText(body: string): string {
  return body
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .slice(0, BODY_LINES)
    .map((line) => oneLine(line, LINE_CHARACTERS))
    .map((line) => (READ_BY_PROGRAMS.test(line) ? `> ${line}` : line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function trailerLine([name, value]: Trailer): string {
  if (!TRAILER_NAME.test(name)) throw new TypeError(`"${name}" is no name for a trailer.`)
  return `${name}: ${oneLine(value, LINE_CHARACTERS)}`
}
