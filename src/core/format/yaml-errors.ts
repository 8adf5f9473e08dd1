import { YAMLException } from 'js-yaml'
import type { DiagnosticCode } from '../model/diagnostic.ts'
import type { Limits } from './limits.ts'
import { TooManyAliases } from './yaml-tree.ts'

/** A problem at an offset of the text. */
export type Spot = {
  readonly code: DiagnosticCode
  readonly message: string
  readonly hint: string | null
  readonly offset: number
}

type Words = { readonly code?: DiagnosticCode; readonly message: string; readonly hint: string | null }

/** What js-yaml means by its sentences, in ours: what was expected and how to mend it. The first that fits counts. */
const WORDS: readonly (readonly [RegExp, Words])[] = [
  [
    /null byte/,
    {
      code: 'wrong-value',
      message: 'The file holds a NUL character.',
      hint: 'Take the character out, or save the file as UTF-8 text.',
    },
  ],
  [
    /nested arrays are not supported inside keys/,
    { code: 'wrong-type', message: 'A key must be text, but it is a list.', hint: 'Put the key in quotes.' },
  ],
  [
    /duplicated mapping key/,
    {
      code: 'yaml-duplicate-key',
      message: 'The same key stands here a second time.',
      hint: 'Keep one of the two.',
    },
  ],
  [
    /\btag\b|!</,
    {
      code: 'yaml-tag',
      message: 'YAML tags (`!…`) are not allowed here.',
      hint: 'Remove the tag; put the value in quotes if it is text.',
    },
  ],
  [
    /missed comma/,
    {
      message: 'A comma or a closing bracket is missing in a list or mapping that begins with `[` or `{`.',
      hint: 'Close the bracket, or put text that holds `: ` in quotes.',
    },
  ],
  [
    /within a flow collection/,
    { message: 'A `[` or `{` is never closed.', hint: 'Add the closing bracket.' },
  ],
  [
    /node content, but found ','/,
    { message: 'A value is missing before the comma.', hint: 'Remove the comma or write the value.' },
  ],
  [
    /within a (double|single) quoted scalar/,
    { message: 'A quoted text is never closed.', hint: 'Add the closing quote.' },
  ],
  [
    /tab characters/,
    { message: 'The line is indented with a tab; YAML wants spaces.', hint: 'Replace the tab by spaces.' },
  ],
  [
    /unidentified alias/,
    {
      message: 'The alias (`*…`) names an anchor that the file has not.',
      hint: 'Write the value out, put text that begins with `*` in quotes, or define the anchor with `&` above.',
    },
  ],
  [
    /alias node should not/,
    { message: 'An alias (`*…`) cannot have an anchor or a tag of its own.', hint: 'Remove one of the two.' },
  ],
  [
    /name of an? (anchor|alias)/,
    {
      message: 'A `&` or `*` must be followed by a name.',
      hint: 'Put text that begins with `&` or `*` in quotes.',
    },
  ],
  [
    /escape sequence|hexadecimal/,
    {
      message: 'The escape after the backslash is not known in double quotes.',
      hint: 'Write `\\\\` for a backslash, or use single quotes.',
    },
  ],
  [
    /non-printable|valid JSON character/,
    {
      message: 'The text holds a control character.',
      hint: 'Take the character out, or write it as an escape in double quotes.',
    },
  ],
  [
    /bad indentation/,
    {
      message: 'The line does not fit: a key or an item was expected at this indentation.',
      hint: 'Align it with its neighbours, or put text that holds `: ` or begins with a special character in quotes.',
    },
  ],
  [
    /end of the stream or a document separator/,
    {
      message: 'Something stands here that belongs to nothing above: a `key: value` line was expected.',
      hint: 'Align it with its neighbours, and see that every key is followed by a colon and a space.',
    },
  ],
  [
    /multiline key|colon is missed/,
    {
      message: 'A key without a colon: `key: value` was expected.',
      hint: 'Add a colon and a space after the key, or indent the line if it continues the text above.',
    },
  ],
  [
    /indentation for block scalar|block scalar|chomping|indentation width/,
    {
      message: 'The text block after `|` or `>` is not written as YAML wants it.',
      hint: 'Indent every line of the block deeper than its key.',
    },
  ],
  [
    /explicit mapping pair/,
    {
      message: 'A `:` without a key in front of it.',
      hint: 'Write the key, or put text that begins with `:` in quotes.',
    },
  ],
  [
    /whitespace character is expected/,
    { message: 'A space is missing after the colon.', hint: 'Write `key: value`.' },
  ],
]

/** js-yaml tells such a character at the end of its text; people look for the character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNPRINTABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Cs}/u

/** What the parser threw, as a problem of the file. Anything else is our own bug and goes on. */
export function describeParserError(error: unknown, text: string, limits: Limits): Spot {
  if (error instanceof TooManyAliases) return tooManyAliases(limits)
  if (error instanceof RangeError) return tooDeep(limits, 0)
  if (!(error instanceof YAMLException)) throw error
  // The mark is missing where the parser has read everything; its type does not say so.
  const mark = error.mark as { position: number } | undefined
  const unprintable = /non-printable|valid JSON character/.test(error.reason) ? text.search(UNPRINTABLE) : -1
  const offset = unprintable === -1 ? Math.min(mark?.position ?? 0, text.trimEnd().length) : unprintable
  if (error.reason.startsWith('nesting exceeded')) return tooDeep(limits, offset)
  const words = WORDS.find(([pattern]) => pattern.test(error.reason))?.[1]
  if (words !== undefined)
    return { code: words.code ?? 'yaml-syntax', message: words.message, hint: words.hint, offset }
  return { code: 'yaml-syntax', message: `This is not valid YAML: ${error.reason}.`, hint: null, offset }
}

export function tooManyAliases(limits: Limits): Spot {
  const message = `The aliases (\`*…\`) of the file make more than ${limits.aliasExpansions} values.`
  return { code: 'limit-aliases', message, hint: 'Write the values out.', offset: 0 }
}

export function tooDeep(limits: Limits, offset: number): Spot {
  const message = `Lists and mappings lie more than ${limits.depth} levels deep in one another.`
  return { code: 'limit-depth', message, hint: 'Flatten the value, or store it as text.', offset }
}
