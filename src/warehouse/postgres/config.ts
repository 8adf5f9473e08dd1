import type { PoolConfig } from 'pg'
import { type JsonObject, own } from '../../core/model/json.ts'
import { WarehouseError } from '../warehouse-error.ts'

const CONNECT_MS = 10_000
const IDLE_MS = 10_000

/**
 * Config `{host, port?, database, user, password?, ssl?}`. Everything is given outright: `pg` would fill
 * what is missing from the server's own environment and password file, and send it to this host.
 */
export function postgresConfig(config: JsonObject): PoolConfig {
  const password = optionalText(config, 'password')
  return {
    host: hostOf(config),
    port: portOf(config),
    database: requiredText(config, 'database'),
    user: requiredText(config, 'user'),
    password: () => password,
    ssl: sslOf(config),
    application_name: 'tandem',
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
    allowExitOnIdle: true,
    max: 3,
  }
}

/** A leading slash would be a socket of this machine, where the server's own user may be let in unasked. */
function hostOf(config: JsonObject): string {
  const host = requiredText(config, 'host')
  if (/^[\w.:%-]+$/.test(host)) return host
  throw wrong('host', 'a host name or an address')
}

function portOf(config: JsonObject): number {
  const given = own(config, 'port')
  if (given === undefined || given === null || given === '') return 5432
  const port = Number(given)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw wrong('port', 'a number from 1 to 65535')
}

/** `true` checks the server's certificate; `no-verify` encrypts without knowing to whom. */
function sslOf(config: JsonObject): PoolConfig['ssl'] {
  const given = own(config, 'ssl')
  if (given === undefined || given === null || given === false || given === '' || given === 'disable')
    return false
  if (given === true || given === 'require' || given === 'verify-full') return true
  if (given === 'no-verify') return { rejectUnauthorized: false }
  throw wrong('ssl', 'true, false or "no-verify"')
}

function requiredText(config: JsonObject, key: string): string {
  const text = optionalText(config, key)
  if (text !== '') return text
  throw new WarehouseError({ code: 'config', message: `The PostgreSQL source has no ${key}.` })
}

function optionalText(config: JsonObject, key: string): string {
  const value = own(config, key)
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string' || value.includes('\0')) throw wrong(key, 'a text')
  return value
}

function wrong(key: string, expected: string): WarehouseError {
  return new WarehouseError({
    code: 'config',
    message: `The ${key} of the PostgreSQL source must be ${expected}.`,
  })
}
