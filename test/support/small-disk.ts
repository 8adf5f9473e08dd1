import { execFile, execFileSync } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type SmallDisk = {
  readonly dir: string
  /** Makes room. */
  grow(): Promise<void>
  remove(): Promise<void>
}

/** Whether this machine lets us mount a file system of our own: as root, outside of most containers. */
export function canMount(): boolean {
  const dir = join(tmpdir(), `tandem-mount-${process.pid}`)
  try {
    execFileSync('mkdir', ['-p', dir])
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir], { stdio: 'ignore' })
    execFileSync('umount', [dir])
    return true
  } catch {
    return false
  } finally {
    execFileSync('rmdir', [dir])
  }
}

/** A disk of so many kilobytes. */
export async function mountSmallDisk(dir: string, kilobytes: number): Promise<SmallDisk> {
  await mkdir(dir, { recursive: true })
  await run('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', dir])
  return {
    dir,
    grow: async () => {
      await run('mount', ['-o', 'remount,size=64m', dir])
    },
    remove: async () => {
      await run('umount', ['--lazy', dir])
      await rm(dir, { recursive: true, force: true })
    },
  }
}
