import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedDatabaseError } from './error.ts'

/**
 * PostgreSQL refuses to run as root. `plain`: we are not root. `namespace`: a user namespace in which we
 * are somebody else, with the binaries and the folder as they are. `uid`: where namespaces are refused,
 * copied binaries and data under /var/lib, owned by another user of the machine.
 */
export type RunAs =
  | { readonly kind: 'plain' }
  | { readonly kind: 'namespace' }
  | { readonly kind: 'uid'; readonly uid: number; readonly gid: number }

export function chooseRunAs(): RunAs {
  if (process.getuid?.() !== 0) return { kind: 'plain' }
  if (spawnSync('unshare', [...NAMESPACE, 'true'], { stdio: 'ignore' }).status === 0)
    return { kind: 'namespace' }
  return otherUser()
}

export function otherUser(): RunAs {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name)
    if (account) return { kind: 'uid', uid: Number(account[2]), gid: Number(account[3]) }
  }
  throw new EmbeddedDatabaseError(
    'PostgreSQL cannot run as root, and this machine has neither user namespaces nor a user `postgres` or `nobody`. Start Tandem as another user, or set TANDEM_DATABASE_URL.',
  )
}

const NAMESPACE = ['--user', '--map-user=1000', '--map-group=1000']

export type Place = { readonly home: string; readonly binaries: string }

/** Where data and binaries lie; for another uid that is a folder that this user can reach. */
export function preparePlace(home: string, binaries: string, runAs: RunAs): Place {
  if (runAs.kind !== 'uid') {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    return { home, binaries }
  }
  const key = createHash('sha256').update(home).digest('hex').slice(0, 12)
  const place = { home: `/var/lib/tandem/${key}/data`, binaries: `/var/lib/tandem/${key}/native` }
  mkdirSync(join(place.home, '..'), { recursive: true, mode: 0o755 })
  mkdirSync(place.home, { recursive: true, mode: 0o700 })
  chownSync(place.home, runAs.uid, runAs.gid)
  if (!existsSync(join(place.binaries, 'bin', 'postgres'))) {
    execFileSync('rm', ['-rf', `${place.binaries}.part`])
    cpSync(binaries, `${place.binaries}.part`, { recursive: true, verbatimSymlinks: true })
    execFileSync('mv', [`${place.binaries}.part`, place.binaries])
  }
  return place
}

export type Invocation = {
  readonly command: string
  readonly args: readonly string[]
  readonly ids: { readonly uid?: number; readonly gid?: number }
}

export function invocation(runAs: RunAs, program: string, args: readonly string[]): Invocation {
  if (runAs.kind === 'namespace') {
    return { command: 'unshare', args: [...NAMESPACE, program, ...args], ids: {} }
  }
  return { command: program, args, ids: runAs.kind === 'uid' ? { uid: runAs.uid, gid: runAs.gid } : {} }
}
