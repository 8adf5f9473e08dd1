import { isAbsolute, resolve } from 'node:path'
import * as z from 'zod'
import { isHostPattern, isRange } from '../git/address-patterns.ts'
import { SETTINGS, type SettingName } from './settings.ts'

export const GIT_PROTOCOLS = ['https', 'ssh', 'http', 'file'] as const
export type GitProtocol = (typeof GIT_PROTOCOLS)[number]

export type Config = {
  readonly port: number
  readonly host: string
  /** Without a slash at the end; null: the address that it listens on. */
  readonly publicUrl: string | null
  readonly dataDir: string
  readonly databaseUrl: string | null
  readonly secretKey: string | null
  readonly admin: { readonly email: string; readonly password: string | null }
  readonly adminToken: string | null
  readonly gitProtocols: readonly GitProtocol[]
  readonly gitCaFile: string | null
  readonly gitHosts: readonly string[]
  readonly gitDeny: readonly string[]
  readonly gitAllow: readonly string[]
  readonly gitMaxPackMib: number
  readonly gitMaxFiles: number
  readonly gitMaxRefs: number
  readonly gitTimeoutSeconds: number
  readonly fileRoots: readonly string[]
  readonly demo: boolean
  readonly logLevel: string
}

/** Every fault of the settings at once; each line names the setting and what it should be. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly code = 'config'
  readonly retry = 'never'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

export type Given = Readonly<Record<string, string | undefined>>

/** Flags win over the environment, that over the file `tandem.env` (C3). An empty text counts as not given. */
export function gather(flags: Given, environment: Given, file: Given): Record<SettingName, string> {
  const value = (name: SettingName, flag: string, fallback: string) =>
    flags[flag] || environment[name] || file[name] || fallback
  const entries = SETTINGS.map(({ name, flag, fallback }) => [name, value(name, flag, fallback).trim()])
  return Object.fromEntries(entries) // every name of SETTINGS is a key
}

const url = (protocols: readonly string[], expected: string) =>
  z.string().refine((text) => text === '' || protocols.includes(protocolOf(text)), { error: expected })

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
const KEY_LENGTH_MIN = 16

const secret = z.string().refine((text) => text === '' || text.length >= KEY_LENGTH_MIN, {
  error: `expected at least ${KEY_LENGTH_MIN} characters`,
})

const each = (isRight: (entry: string) => boolean, expected: string) =>
  z.string().refine((text) => listOf(text).every(isRight), {
    error: `expected ${expected}, with commas between`,
  })

const count = z.string().refine((text) => /^[1-9]\d{0,8}$/.test(text), {
  error: 'expected a whole number from 1 to 999999999',
})

const Schema = z.object({
  TANDEM_PORT: z.string().refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, {
    error: 'expected a port, 0 to 65535',
  }),
  TANDEM_HOST: z.string().min(1),
  TANDEM_PUBLIC_URL: url(
    ['http:', 'https:'],
    'expected an address such as https://tandem.example.com',
  ).refine((text) => text === '' || URL.parse(text)?.pathname === '/', {
    error: 'expected an address without a path',
  }),
  TANDEM_DATA_DIR: z.string().min(1),
  TANDEM_DATABASE_URL: url(
    ['postgres:', 'postgresql:'],
    'expected a PostgreSQL address such as postgres://user:password@host:5432/tandem',
  ),
  TANDEM_SECRET_KEY: secret,
  TANDEM_ADMIN_EMAIL: z.string().regex(/^[^\s@]+@[^\s@]+$/, { error: 'expected an e-mail address' }),
  TANDEM_ADMIN_PASSWORD: z
    .string()
    .refine((text) => text === '' || (text.length >= 8 && text.length <= 128), {
      error: 'expected 8 to 128 characters',
    }),
  TANDEM_ADMIN_TOKEN: secret.refine((text) => !/\s/.test(text), { error: 'expected no spaces' }),
  TANDEM_GIT_PROTOCOLS: z.string().refine(
    (text) => {
      const unknown = listOf(text).filter((name) => !isProtocol(name))
      return unknown.length === 0
    },
    { error: `expected some of ${GIT_PROTOCOLS.join(', ')} with commas between` },
  ),
  TANDEM_GIT_CA_FILE: z.string(),
  TANDEM_GIT_HOSTS: each(
    (entry) => isHostPattern(entry) || isRange(entry),
    'hosts such as git.example.com or *.example.com',
  ),
  TANDEM_GIT_DENY: each(
    (entry) => isHostPattern(entry) || isRange(entry),
    'hosts, addresses and ranges such as 10.0.0.0/8',
  ),
  TANDEM_GIT_ALLOW: each(isRange, 'addresses and ranges such as 10.0.0.0/8'),
  TANDEM_GIT_MAX_PACK_MIB: count,
  TANDEM_GIT_MAX_FILES: count,
  TANDEM_GIT_MAX_REFS: count,
  TANDEM_GIT_TIMEOUT_SECONDS: count,
  TANDEM_FILE_ROOTS: z.string(),
  TANDEM_DEMO: z.enum(['on', 'off'], { error: 'expected on or off' }),
  TANDEM_LOG_LEVEL: z.enum(LEVELS, { error: `expected one of ${LEVELS.join(', ')}` }),
})

/** Typed and checked; relative folders are taken from `cwd`. */
export function parseConfig(given: Record<SettingName, string>, cwd: string): Config {
  const parsed = Schema.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}.`))
  }
  const set = parsed.data
  const folder = (path: string) => (isAbsolute(path) ? path : resolve(cwd, path))
  return {
    port: Number(set.TANDEM_PORT),
    host: set.TANDEM_HOST,
    publicUrl: set.TANDEM_PUBLIC_URL === '' ? null : new URL(set.TANDEM_PUBLIC_URL).origin,
    dataDir: folder(set.TANDEM_DATA_DIR),
    databaseUrl: set.TANDEM_DATABASE_URL || null,
    secretKey: set.TANDEM_SECRET_KEY || null,
    admin: { email: set.TANDEM_ADMIN_EMAIL.toLowerCase(), password: set.TANDEM_ADMIN_PASSWORD || null },
    adminToken: set.TANDEM_ADMIN_TOKEN || null,
    gitProtocols: listOf(set.TANDEM_GIT_PROTOCOLS).filter(isProtocol),
    gitCaFile: set.TANDEM_GIT_CA_FILE ? folder(set.TANDEM_GIT_CA_FILE) : null,
    gitHosts: listOf(set.TANDEM_GIT_HOSTS),
    gitDeny: listOf(set.TANDEM_GIT_DENY),
    gitAllow: listOf(set.TANDEM_GIT_ALLOW),
    gitMaxPackMib: Number(set.TANDEM_GIT_MAX_PACK_MIB),
    gitMaxFiles: Number(set.TANDEM_GIT_MAX_FILES),
    gitMaxRefs: Number(set.TANDEM_GIT_MAX_REFS),
    gitTimeoutSeconds: Number(set.TANDEM_GIT_TIMEOUT_SECONDS),
    fileRoots: listOf(set.TANDEM_FILE_ROOTS).map(folder),
    demo: set.TANDEM_DEMO === 'on',
    logLevel: set.TANDEM_LOG_LEVEL,
  }
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function isProtocol(name: string): name is GitProtocol {
  return (GIT_PROTOCOLS as readonly string[]).includes(name)
}

function protocolOf(text: string): string {
  return URL.parse(text)?.protocol ?? ''
}
