import { lstat, readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** What git leaves when it is killed: locks, half-written objects and packs, crash reports. */
const LEFTOVER = /\.lock$|^tmp_|^\.tmp-|^fast_import_crash_|^gc\.pid$/

/** Removes leftovers that are older than this process: nobody who could still need them is ours. */
export async function sweepLeftovers(dir: string): Promise<void> {
  const before = performance.timeOrigin
  const beside = (await names(dirname(dir))).filter(
    (name) => name.startsWith(`${basename(dir)}.new-`) || name.startsWith(`${basename(dir)}.old-`),
  )
  const inside = (await names(dir, true)).filter((name) => LEFTOVER.test(basename(name)))
  const paths = [...beside.map((name) => join(dirname(dir), name)), ...inside.map((name) => join(dir, name))]
  await Promise.all(paths.map((path) => removeIfOlder(path, before)))
}

/** Removes one file or folder when it was last changed before a moment. */
export async function removeIfOlder(path: string, before: number): Promise<boolean> {
  const stat = await lstat(path).catch(() => null)
  if (stat === null || stat.mtimeMs >= before) return false
  await rm(path, { recursive: true, force: true })
  return true
}

async function names(dir: string, recursive = false): Promise<readonly string[]> {
  return readdir(dir, { recursive }).catch(() => [])
}
