import type { DiagnosticCode, Finding, Severity } from '../model/diagnostic.ts'
import { isObject, type Json, type JsonObject, own } from '../model/json.ts'
import type { Path } from '../model/json-pointer.ts'
import { didYouMean, nearestNames } from './nearest.ts'
import type { FieldShape, Fields, Shape } from './shape.ts'

/** Deviations of a value from its shape, each with what was expected, what was found and how to mend it (F18). */
export function checkFields(known: Fields, value: JsonObject, path: Path, strict: boolean): Finding[] {
  const findings = Object.entries(known).flatMap(([key, field]) => checkField(key, field, value, path))
  if (!strict) return findings
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(known, key))
  return findings.concat(unknown.map((key, i) => unknownKey(key, i < KEYS_TO_COMPARE ? known : {}, path)))
}

/** A hostile mapping has a hundred thousand keys: the later ones go without "did you mean". */
const KEYS_TO_COMPARE = 100

function checkField(key: string, { shape, required }: FieldShape, value: JsonObject, path: Path): Finding[] {
  const found = own(value, key)
  // F7, F23: a null at the top reads as absent. Deeper it is a value like any other.
  if (found === undefined || (found === null && path.length === 0)) {
    return required ? [missingKey(key, shape, path, found === null)] : []
  }
  return checkShape(shape, found, [...path, key])
}

export function checkShape(shape: Shape, value: Json, path: Path): Finding[] {
  switch (shape.kind) {
    case 'anything':
      return []
    case 'text':
      return typeof value === 'string' ? [] : [wrongType('text', value, path)]
    case 'boolean':
      return typeof value === 'boolean' ? [] : [wrongType('`true` or `false`', value, path)]
    case 'number':
      if (typeof value !== 'number') return [wrongType('a number', value, path)]
      return value >= shape.min && value <= shape.max
        ? []
        : [
            wrongValue(
              `${nameOf(path)} must lie between ${shape.min} and ${shape.max}, but it is ${value}.`,
              null,
              path,
            ),
          ]
    case 'choice':
      if (typeof value !== 'string') return [wrongType(`one of ${quoteAll(shape.of)}`, value, path)]
      return shape.of.includes(value) ? [] : [wrongChoice(shape.of, value, path)]
    case 'list':
      if (!Array.isArray(value)) return [wrongType('a list', value, path)]
      if (value.length < shape.atLeast) return [tooShort(shape.atLeast, path)]
      return value.flatMap((item: Json, i) => checkShape(shape.of, item, [...path, i]))
    case 'fields':
    case 'open':
      if (!isObject(value)) return [wrongType('a mapping', value, path)]
      return checkFields(shape.fields, value, path, shape.kind === 'fields')
    case 'record':
      if (!isObject(value)) return [wrongType('a mapping', value, path)]
      return Object.entries(value).flatMap(([key, item]) => checkShape(shape.of, item, [...path, key]))
    case 'either':
      return checkEither(shape.of, value, path)
  }
}

/** The findings of the first alternative, when none fits. */
function checkEither(shapes: readonly Shape[], value: Json, path: Path): Finding[] {
  const tries = shapes.map((shape) => checkShape(shape, value, path))
  return tries.some((findings) => findings.length === 0) ? [] : (tries[0] ?? [])
}

export function finding(
  code: DiagnosticCode,
  path: Path,
  words: {
    readonly message: string
    readonly hint?: string | null
    readonly at?: Finding['at']
    readonly severity?: Severity
  },
): Finding {
  const { message, hint = null, at = 'value', severity = 'error' } = words
  return { code, severity, message, hint, path, at }
}

function missingKey(key: string, shape: Shape, path: Path, isNull: boolean): Finding {
  const place = path.length === 0 ? '' : ` in ${nameOf(path)}`
  const message = `The key \`${key}\` is missing${place}${isNull ? ' (`null` counts as missing)' : ''}.`
  const at = isNull ? [...path, key] : path
  return finding('missing-key', at, { message, hint: `Add \`${key}: …\` (${describe(shape)}).`, at: 'key' })
}

function unknownKey(key: string, known: Fields, path: Path): Finding {
  const place = path.length === 0 ? 'here' : `in ${nameOf(path)}`
  const message = `The key \`${key}\` is not known ${place}; it is kept as it is.`
  const hint = didYouMean(nearestNames(key, Object.keys(known)))
  return finding('unknown-key', [...path, key], { message, hint, at: 'key', severity: 'warning' })
}

function wrongType(expected: string, value: Json, path: Path): Finding {
  const message = `${nameOf(path)} must be ${expected}, but it is ${describeValue(value)}.`
  return finding('wrong-type', path, { message, hint: mendType(expected, value, path) })
}

function mendType(expected: string, value: Json, path: Path): string | null {
  const key = path.at(-1)
  const scalar = typeof value === 'number' || typeof value === 'boolean'
  if (expected === 'text' && scalar) {
    return `Put it in quotes: \`${typeof key === 'string' ? `${key}: ` : '- '}'${value}'\`.`
  }
  if (expected === 'text' && value === null) return 'Leave the key out, or write a text.'
  if (expected === '`true` or `false`' && typeof value === 'string') return 'Write it without quotes.'
  return `Write ${expected} here.`
}

export function wrongValue(message: string, hint: string | null, path: Path): Finding {
  return finding('wrong-value', path, { message, hint })
}

function wrongChoice(choices: readonly string[], value: string, path: Path): Finding {
  const message = `${nameOf(path)} must be one of ${quoteAll(choices)}, but it is \`${excerpt(value)}\`.`
  return wrongValue(
    message,
    didYouMean(nearestNames(value, choices)) ?? `Write one of ${quoteAll(choices)}.`,
    path,
  )
}

function tooShort(atLeast: number, path: Path): Finding {
  const least = atLeast === 1 ? 'one item' : `${atLeast} items`
  return wrongValue(`${nameOf(path)} must hold at least ${least}, but it is empty.`, 'Add an item.', path)
}

/** `` `primaryKey` ``, `` `columns[0].name` `` */
function nameOf(path: Path): string {
  if (path.length === 0) return 'The file'
  const text = path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('')
  return `\`${excerpt(text)}\``
}

function quoteAll(choices: readonly string[]): string {
  const quoted = choices.map((choice) => `\`${choice}\``)
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`
}

export function describeValue(value: Json): string {
  if (value === null) return 'empty (`null`)'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  if (typeof value === 'string') return value === '' ? 'an empty text' : `the text \`${excerpt(value)}\``
  return typeof value === 'number' ? `the number ${value}` : `\`${value}\``
}

/** File content in a message: short, and on one line. */
export function excerpt(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
  return line.length <= 60 ? line : `${line.slice(0, 57)}…`
}

function describe(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'text'
    case 'boolean':
      return '`true` or `false`'
    case 'number':
      return `a number from ${shape.min} to ${shape.max}`
    case 'choice':
      return quoteAll(shape.of)
    case 'list':
      return 'a list'
    case 'either':
      return shape.of.map(describe).join(' or ')
    case 'fields':
    case 'open':
    case 'record':
      return 'a mapping'
    case 'anything':
      return 'any value'
  }
}
