import { basename } from 'node:path'
import { isObject, type Json, type JsonObject, own } from '../../core/model/json.ts'
import { didYouMean } from '../nearest.ts'
import { WarehouseError } from '../warehouse-error.ts'
import { positionAtByte } from './select-gate.ts'

/** What DuckDB said, as a sentence for a person. `sql`: the model's own text, where the position lies in it. */
export function explainDuckdbError(
  error: unknown,
  sql: string | null,
  tables: () => Iterable<string>,
): WarehouseError {
  if (error instanceof WarehouseError) return error
  const details = readDetails(error instanceof Error ? error.message : String(error))
  const offset = own(details, 'position')
  const position = sql !== null && offset !== undefined ? positionAtByte(sql, Number(offset)) : null
  return new WarehouseError({ position, ...describeProblem(details, tables) }, error)
}

/** `Binder Error: {"exception_type": …}` with errors_as_json; plain words where DuckDB is not open yet. */
function readDetails(message: string): JsonObject {
  const start = message.indexOf('{')
  if (start >= 0) {
    try {
      const parsed: Json = JSON.parse(message.slice(start))
      if (isObject(parsed) && typeof own(parsed, 'exception_message') === 'string') return parsed
    } catch {
      // Not JSON after all: the words are the message.
    }
  }
  const type = /^(?:Failed to [a-z ]+: )?([A-Za-z ]+?) Error: /.exec(message)
  return {
    exception_type: type?.[1] ?? '',
    exception_message: type ? message.slice(type[0].length) : message,
  }
}

type Problem = ConstructorParameters<typeof WarehouseError>[0]

function describeProblem(details: JsonObject, tables: () => Iterable<string>): Problem {
  const message = firstParagraph(String(own(details, 'exception_message')))
  const name = String(own(details, 'name') ?? '')
  switch (String(own(details, 'exception_type'))) {
    case 'Parser':
      return { code: 'syntax', message: `The SQL cannot be read: ${message}` }
    case 'Catalog': {
      const missing = missingTable(details, name, message)
      if (missing === null) return { code: 'query', message }
      return tableMissing(missing, tables())
    }
    case 'Binder':
      return columnProblem(details, name, message)
    case 'Permission':
      return {
        code: 'permission',
        message: `${message.split(' - ')[0]}.`,
        hint: 'A DuckDB source reads its own files and nothing else.',
      }
    case 'Out of Memory':
      return { code: 'memory', message: 'The query needs more memory than a preview may use.' }
    case 'INTERRUPT':
      return { code: 'timeout', message: 'The query was stopped.' }
    case 'IO':
      return fileProblem(message)
    default:
      return { code: 'query', message }
  }
}

export function tableMissing(name: string, tables: Iterable<string>): Problem {
  const hint = didYouMean(name, tables)
  return { code: 'table-missing', message: `There is no table ${name} in this source.`, hint }
}

function missingTable(details: JsonObject, name: string, message: string): string | null {
  if (own(details, 'type') === 'Table') return name
  return /^Table with name "?(.+?)"? does not exist/.exec(message)?.[1] ?? null
}

function columnProblem(details: JsonObject, name: string, message: string): Problem {
  const found = /does not have a column named "(.+?)"/.exec(message)?.[1]
  if (own(details, 'error_subtype') !== 'COLUMN_NOT_FOUND' && found === undefined)
    return { code: 'query', message }
  const missing = name || found || ''
  const candidates =
    /Candidate bindings: :? ?(.+)$/s.exec(String(own(details, 'exception_message')))?.[1] ?? ''
  const names = [...candidates.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
  const hint = didYouMean(missing, names) ?? (names.length > 0 ? `There is ${names.join(', ')}.` : null)
  return { code: 'column-missing', message: `There is no column ${missing}.`, hint }
}

function fileProblem(message: string): Problem {
  if (/Could not set lock|Conflicting lock/.test(message)) {
    return {
      code: 'busy',
      message: 'Another program has the database file open for writing.',
      hint: 'DuckDB lets only one program in while it writes: try again when that one is done.',
    }
  }
  return { code: 'file-unreadable', message }
}

export function fileUnreadable(path: string, error: unknown): WarehouseError {
  const details = readDetails(error instanceof Error ? error.message : String(error))
  const message = firstParagraph(String(own(details, 'exception_message')))
  return new WarehouseError(
    { code: 'file-unreadable', message: `${basename(path)} cannot be read: ${message}` },
    error,
  )
}

/** DuckDB explains at length after an empty line, and ends with an excerpt of the SQL. */
function firstParagraph(message: string): string {
  const [first = ''] = message.split(/\n\n|\nLINE \d|\nCandidate bindings|\nDid you mean/)
  return first.replaceAll(/\s*\n\s*/g, ' ').trim()
}
