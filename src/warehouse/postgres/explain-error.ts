import { didYouMean } from '../nearest.ts'
import {
  positionAt,
  severalStatements,
  timedOut,
  WarehouseError,
  type WarehouseErrorCode,
} from '../warehouse-error.ts'

type ServerError = Error & { readonly code: string; readonly hint?: string; readonly position?: string }

/** `where` names the host for people; `sql` is the model's own text, null for our own statements. */
type Asked = {
  readonly where: string
  readonly sql: string | null
  readonly ms: number
  readonly tables: readonly string[]
}

export function explainPostgresError(error: unknown, asked: Asked): WarehouseError {
  if (error instanceof WarehouseError) return withNearest(error, asked.tables)
  if (!isServerError(error)) return new WarehouseError(networkProblem(error, asked.where), error)
  if (error.code === '57014') return timedOut(asked.ms)
  if (error.message.includes('multiple commands')) return severalStatements()
  const offset = asked.sql === null ? Number.NaN : Number(error.position)
  const position =
    asked.sql !== null && offset >= 1 ? positionAt(asked.sql, utf16Offset(asked.sql, offset - 1)) : null
  return new WarehouseError({ position, ...serverProblem(error, asked) }, error)
}

function withNearest(error: WarehouseError, tables: readonly string[]): WarehouseError {
  const missing = /There is no table (.+) in this source/.exec(error.message)?.[1]
  if (error.code !== 'table-missing' || missing === undefined) return error
  return new WarehouseError(
    { code: error.code, message: error.message, hint: didYouMean(missing, tables) },
    error,
  )
}

type Problem = ConstructorParameters<typeof WarehouseError>[0]

function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'code' in error && /^[0-9A-Z]{5}$/.test(String(error.code))
}

const SERVER_CODES: Readonly<Record<string, WarehouseErrorCode>> = {
  '28P01': 'auth',
  '28000': 'auth',
  '3D000': 'config',
  '42501': 'permission',
  '25006': 'not-a-select',
  '53300': 'busy',
  '53200': 'memory',
  '42601': 'syntax',
  '42703': 'column-missing',
  '42P01': 'table-missing',
}

function serverProblem(error: ServerError, { where, tables }: Asked): Problem {
  const code = SERVER_CODES[error.code] ?? 'query'
  const hint = error.hint ?? null
  switch (code) {
    case 'auth':
      return {
        code,
        message: `${where} refused the sign-in: ${error.message}.`,
        hint: 'Check user and password.',
      }
    case 'config':
      return {
        code,
        message: `${where} answers, but ${error.message}.`,
        hint: 'Check the name of the database.',
      }
    case 'not-a-select':
      return { code, message: 'The SQL changes something; a model only selects.', hint }
    case 'syntax':
      return { code, message: `The SQL cannot be read: ${error.message}.`, hint }
    case 'table-missing': {
      const name = /relation "(.+)" does not exist/.exec(error.message)?.[1]
      if (name === undefined) return { code: 'query', message: sentence(error.message), hint }
      return { code, message: `There is no table ${name} in this source.`, hint: didYouMean(name, tables) }
    }
    case 'column-missing': {
      const name = /column (?:"(.+?)"|(\S+)) does not exist/.exec(error.message)
      const near = /reference the column "(.+?)"/.exec(hint ?? '')?.[1]
      return {
        code,
        message: `There is no column ${name?.[1] ?? name?.[2] ?? ''}.`,
        hint: near === undefined ? hint : `Did you mean \`${near.slice(near.indexOf('.') + 1)}\`?`,
      }
    }
    default:
      return { code, message: sentence(error.message), hint }
  }
}

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'its name cannot be looked up now',
  ETIMEDOUT: 'it does not answer in time',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ECONNRESET: 'it closed the connection',
}

function networkProblem(error: unknown, where: string): Problem {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/password must be a (non-empty )?string/.test(message)) {
    return { code: 'auth', message: `${where} asks for a password, and the source has none.`, hint: null }
  }
  if (/does not support SSL/.test(message)) {
    return {
      code: 'config',
      message: `${where} does not offer encryption.`,
      hint: 'Switch ssl off for this source.',
    }
  }
  if (/certificate|self-signed|ERR_TLS/i.test(`${message} ${code}`)) {
    return {
      code: 'unreachable',
      message: `The certificate of ${where} is not trusted: ${message}.`,
      hint: 'Have the server use a certificate of a known authority, or set ssl to "no-verify".',
    }
  }
  const reason = NETWORK[code] ?? (/timeout/i.test(message) ? 'it does not answer in time' : message)
  return {
    code: 'unreachable',
    message: `${where} cannot be reached: ${reason}.`,
    hint: 'Check host and port, and that this machine may connect to it.',
  }
}

/** PostgreSQL counts characters, JavaScript UTF-16 units. */
function utf16Offset(sql: string, characters: number): number {
  return [...sql].slice(0, characters).join('').length
}

function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`
}
