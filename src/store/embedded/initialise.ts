import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedDatabaseError } from './error.ts'
import { invocation, type Place, type RunAs } from './run-as.ts'

export const USER = 'tandem'

/** The folder and the password of the cluster, made on the first start. */
export async function initialise(place: Place, runAs: RunAs): Promise<{ pgdata: string; password: string }> {
  const pgdata = join(place.home, 'pgdata')
  const passwordFile = join(place.home, 'password')
  if (existsSync(pgdata)) return { pgdata, password: readPassword(passwordFile) }
  const password = randomBytes(24).toString('base64url')
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (runAs.kind === 'uid') chownSync(passwordFile, runAs.uid, runAs.gid)
  // Made aside and renamed: a kill in the middle leaves nothing half-made.
  const unfinished = join(place.home, 'pgdata.init')
  rmSync(unfinished, { recursive: true, force: true })
  const { command, args, ids } = invocation(runAs, join(place.binaries, 'bin', 'initdb'), [
    `--pgdata=${unfinished}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ])
  try {
    await promisify(execFile)(command, args, { ...ids, cwd: place.home, env: { LC_ALL: 'C' } })
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The embedded PostgreSQL cannot make its folder ${pgdata}: ${lastLine(cause)}`,
      { cause },
    )
  }
  renameSync(unfinished, pgdata)
  return { pgdata, password }
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The password of the embedded PostgreSQL cannot be read from ${file}. Put it back from a backup of the data folder.`,
      { cause },
    )
  }
}

function lastLine(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return text.trim().split('\n').at(-1) ?? ''
}
