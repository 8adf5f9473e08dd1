import { dump } from 'js-yaml'

/** js-yaml's line width, and the least that deep indentation leaves of it. */
const LINE_WIDTH = 80
const LINE_WIDTH_LEAST = 40
const KEY_LENGTH_MAX = 500

/** Tabs, control characters, surrogates and the few others that js-yaml escapes or counts in its own way. */
const UNUSUAL = /[^\n\x20-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/

/** js-yaml quotes numbers of base 60 before it looks at their length. */
const NUMERIC = /^[-+\d_:.]+$/

/** Words and names: begins with a letter, and nothing in it means anything to YAML. */
const SIMPLE = /^[A-Za-z][\w./,()+-]*(?: [\w./,()+-]+)*$/
/** Of those, what YAML 1.1 or 1.2 reads as something else than text. */
const WORDS = new Set(
  ['null', 'true', 'false', 'y', 'n', 'yes', 'no', 'on', 'off'].flatMap((word) => [
    word,
    word.toUpperCase(),
    `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
  ]),
)

/** A text as js-yaml 4 prints it at a depth of a block; null where that is better left to js-yaml itself. */
export function printText(text: string, level: number): string | null {
  const width = Math.max(LINE_WIDTH_LEAST, LINE_WIDTH - 2 * Math.max(1, level))
  if (text.length <= width) {
    if (isSimple(text)) return text
    if (!text.includes('\n')) return UNUSUAL.test(text) ? null : printUnfolded(text)
  }
  if (UNUSUAL.test(text) || NUMERIC.test(text)) return null
  return printBlock(text, width, ' '.repeat(2 * Math.max(1, level)))
}

/** Keys are never folded; js-yaml writes a pair with a very long one in another way. */
export function printKey(key: string): string | null {
  if (key.length > KEY_LENGTH_MAX) return null
  if (isSimple(key)) return key
  return key.includes('\n') || UNUSUAL.test(key) ? null : printUnfolded(key)
}

function isSimple(text: string): boolean {
  return SIMPLE.test(text) && !WORDS.has(text)
}

/** Whether quotes are needed, js-yaml knows: numbers, dates and what else would be read as no text. */
function printUnfolded(text: string): string {
  return dump(text, { lineWidth: -1 }).slice(0, -1)
}

/** Literal where no line is too long, else folded; a long text of one line as well. */
function printBlock(text: string, width: number, indent: string): string {
  const lines = text.split('\n')
  const isFolded = lines.some((line) => line.length > width && !line.startsWith(' '))
  if (lines.length === 1 && !isFolded) return printUnfolded(text)
  const body = isFolded ? foldLines(lines, width) : text
  return `${isFolded ? '>' : '|'}${header(text)}\n${indented(body, indent)}`
}

/** How the text begins (with a space: its indentation is told) and ends (none, one or more line ends). */
function header(text: string): string {
  const indicator = /^\n* /.test(text) ? '2' : ''
  if (!text.endsWith('\n')) return `${indicator}-`
  return text === '\n' || text.endsWith('\n\n') ? `${indicator}+` : indicator
}

/** Without its last line end, which is the pair's own. */
function indented(body: string, indent: string): string {
  const lines = (body.endsWith('\n') ? body.slice(0, -1) : body).split('\n')
  return lines.map((line) => (line === '' ? '' : indent + line)).join('\n')
}

/** A line end between two folded lines is written twice; lines that begin with a space stay as they are. */
function foldLines(lines: readonly string[], width: number): string {
  const [first = '', ...rest] = lines
  let folded = foldLine(first, width)
  let isAfterIndented = first === '' || first.startsWith(' ')
  let ends = 0
  rest.forEach((line, i) => {
    ends += 1
    if (line === '' && i < rest.length - 1) return
    const isIndented = line.startsWith(' ')
    const isDoubled = line !== '' && !isIndented && !isAfterIndented
    folded += '\n'.repeat(isDoubled ? ends + 1 : ends) + foldLine(line, width)
    isAfterIndented = isIndented
    ends = 0
  })
  return folded
}

/** As many words to a line as fit; a word that is too long has a line of its own. */
function foldLine(line: string, width: number): string {
  if (line.startsWith(' ')) return line
  let folded = ''
  let start = 0
  while (line.length - start > width) {
    const at = breakBefore(line, start, start + width) ?? breakAfter(line, start + width + 1)
    if (at === null) break
    folded += `${line.slice(start, at)}\n`
    start = at + 1
  }
  return folded + line.slice(start)
}

function breakBefore(line: string, start: number, last: number): number | null {
  for (let at = line.lastIndexOf(' ', last); at > start; at = line.lastIndexOf(' ', at - 1)) {
    if (isBreak(line, at)) return at
  }
  return null
}

function breakAfter(line: string, first: number): number | null {
  for (let at = line.indexOf(' ', first); at !== -1; at = line.indexOf(' ', at + 1)) {
    if (isBreak(line, at)) return at
  }
  return null
}

/** The last of some spaces, with a word behind it. */
function isBreak(line: string, at: number): boolean {
  return at + 1 < line.length && line[at + 1] !== ' '
}
