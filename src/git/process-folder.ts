import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from './is-alive.ts'

const PREFIX = 'tandem-git-'
const NAME = /^tandem-git-(\d+)-/

let folder: string | null = null

/**
 * A folder that only this process and its children read: key files lie in it for as long as one operation
 * takes, and git's home is an empty folder in it. It goes when the process ends; what a killed process left
 * behind is swept by the next one.
 */
export function processFolder(): string {
  if (folder === null) {
    sweepDeadFolders()
    process.once('exit', removeProcessFolder)
    folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  }
  // A cleaner of the temporary folder may have been here: a long-lived server must survive that.
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** An empty folder for git's HOME: no .gitconfig, no .netrc, no .ssh of anybody. */
export function emptyHome(): string {
  const home = join(processFolder(), 'home')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  return home
}

/** A new private folder for the files of one operation. The caller removes it. */
export function operationFolder(): string {
  return mkdtempSync(join(processFolder(), 'op-'))
}

function removeProcessFolder(): void {
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
  folder = null
}

function sweepDeadFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = NAME.exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) removeOwn(join(tmpdir(), name))
  }
}

/** Only a real folder of the same user: anybody may put a name of that shape into a shared /tmp. */
function removeOwn(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory() && stat.uid === process.getuid?.()) rmSync(path, { recursive: true, force: true })
}
