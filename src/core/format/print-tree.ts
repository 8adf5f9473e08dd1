import { dump } from 'js-yaml'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { printKey, printText } from './print-scalar.ts'

/**
 * A mapping as js-yaml 4's `dump` prints it, byte for byte, in a tenth of the time: printing is what a large
 * sync does most. Whatever is not ordinary goes to js-yaml, whole.
 */
export function printTree(value: JsonObject): string {
  const text = Object.keys(value).length === 0 ? '{}' : mapping(value, 0)
  return text === null ? dump(value, { noRefs: true }) : `${text}\n`
}

const INDENTS = Array.from({ length: 32 }, (_, level) => '  '.repeat(level))

function indentOf(level: number): string {
  return INDENTS[level] ?? '  '.repeat(level)
}

/** Its first line has no indentation: it stands behind a dash, or at the left. */
function mapping(value: JsonObject, level: number): string | null {
  let text = ''
  for (const key of Object.keys(value)) {
    const name = printKey(key)
    const content = name === null ? null : node(value[key], level + 1, false)
    if (content === null) return null
    if (text !== '') text += `\n${indentOf(level)}`
    text += `${name}:${content}`
  }
  return text
}

function sequence(items: readonly Json[], level: number): string | null {
  let text = ''
  for (const item of items) {
    const content = node(item, level + 1, true)
    if (content === null) return null
    if (text !== '') text += `\n${indentOf(level)}`
    text += `-${content}`
  }
  return text
}

/** What stands behind a colon or a dash. A mapping or sequence begins on the dash's own line. */
function node(value: Json | undefined, level: number, isItem: boolean): string | null {
  if (typeof value === 'string') return spaced(printText(value, level))
  if (typeof value === 'boolean' || value === null) return ` ${value}`
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? ` ${value}` : null
  if (typeof value !== 'object') return null
  if (isObject(value) ? Object.keys(value).length === 0 : value.length === 0) {
    return isObject(value) ? ' {}' : ' []'
  }
  const content = isObject(value) ? mapping(value, level) : sequence(value, level)
  if (content === null || isItem) return spaced(content)
  return `\n${indentOf(level)}${content}`
}

function spaced(text: string | null): string | null {
  return text === null ? null : ` ${text}`
}
