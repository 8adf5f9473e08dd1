// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/
/** A terminal's commands: colours, titles, movements. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const TERMINAL = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g
/** Marks that turn the direction of text around, and spaces that show as nothing. */
const DIRECTION = /[\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/
/** Those, and what joins or tags characters without being seen: no part of a name, though part of an emoji. */
const INVISIBLE =
  /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u
/** Data keys that would reach an object's prototype somewhere. */
const PROTOTYPE_NAMES = new Set(['__proto__', 'constructor', 'prototype'])

/** What makes a text unfit to be a name, in words that end a sentence; null when nothing does. */
export function textProblem(text: string, maxBytes: number): string | null {
  const bytes = byteLength(text)
  if (bytes > maxBytes) return `is ${bytes} bytes long; at most ${maxBytes} are allowed`
  if (!text.isWellFormed()) return 'holds half of a character (a lone surrogate)'
  if (CONTROL.test(text)) return 'holds a control character, such as a line break or a tab'
  if (INVISIBLE.test(text)) return 'holds an invisible character or one that turns the direction of the text'
  return null
}

export function isPrototypeName(text: string): boolean {
  return PROTOTYPE_NAMES.has(text)
}

/** Words that a program printed, without its commands to a terminal; lines stay. */
export function withoutControls(text: string): string {
  return text
    .replace(TERMINAL, '')
    .split(/\r?\n|\r/)
    .map((line) =>
      line.replace(new RegExp(CONTROL, 'g'), (character) => (character === '\t' ? character : '')),
    )
    .join('\n')
}

/** The text on one line, without control codes and direction marks, so that it can be shown anywhere. */
export function oneLine(text: string, maxCharacters: number): string {
  const line = text
    .toWellFormed()
    .replace(TERMINAL, '')
    .replace(new RegExp(CONTROL, 'g'), ' ')
    .replace(new RegExp(DIRECTION, 'g'), '')
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= maxCharacters) return line
  // Cut between characters, never inside one.
  const cut = line.slice(0, maxCharacters - 1)
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
