import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { getCACertificates } from 'node:tls'
import { GitError } from './git-error.ts'
import { processFolder } from './process-folder.ts'

/**
 * Git takes one file of trusted certificates instead of the machine's. So that an own authority adds to the
 * public ones, both are written into one file. The name holds the time of change: an edited file is read anew.
 */
export function caBundle(caFile: string): string {
  const changed = reading(() => statSync(caFile).mtimeMs, caFile)
  const bundle = join(
    processFolder(),
    `ca-${Math.trunc(changed)}-${Buffer.from(caFile).toString('base64url').slice(-80)}.pem`,
  )
  if (statSync(bundle, { throwIfNoEntry: false }) === undefined) {
    const own = readCaFile(caFile)
    // A machine names the same authority in several places, and git reads the whole file at each start.
    const all = new Set([...getCACertificates('system'), own])
    writeFileSync(bundle, `${[...all].join('\n')}\n`, { mode: 0o600 })
  }
  return bundle
}

/** The administrator's own certificates. */
export function readCaFile(caFile: string): string {
  return reading(() => readFileSync(caFile, 'utf8'), caFile)
}

function reading<T>(read: () => T, caFile: string): T {
  try {
    return read()
  } catch (error) {
    throw new GitError('tls', `The certificate file ${caFile} (TANDEM_GIT_CA_FILE) cannot be read.`, '', {
      cause: error,
    })
  }
}
