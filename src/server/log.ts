import pino, { type Logger } from 'pino'

/** pino redacts each depth separately. */
const SECRET_NAMES = [
  'password',
  'token',
  'privateKey',
  'secret',
  'credentials',
  'authorization',
  'cookie',
  'config',
  'ciphertext',
  'databaseUrl',
  'connectionString',
]

export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
      serializers: { err: serializeError },
    },
    pino.destination({ fd: 2, sync: true }),
  )
}

/** Never the whole error: those of drivers carry queries, parameters and configuration. */
function serializeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const cause = error.cause === undefined ? {} : { cause: serializeError(error.cause) }
  return { type: error.name, message: error.message, ...code, stack: error.stack, ...cause }
}
