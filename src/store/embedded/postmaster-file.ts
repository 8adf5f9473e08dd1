import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export type Postmaster = { readonly pid: number; readonly port: number; readonly ready: boolean }

/** What a running server writes into its folder: pid on line 1, port on line 4, its state on line 8. */
export async function readPostmaster(pgdata: string): Promise<Postmaster | null> {
  let text: string
  try {
    text = await readFile(join(pgdata, 'postmaster.pid'), 'utf8')
  } catch {
    return null
  }
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  return { pid, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' }
}

/** The pid may belong to another program by now (a restarted machine or container). */
export async function isPostgres(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  if (process.platform !== 'linux') return true
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    return /^Name:\s*postgres$/m.test(status) && !/^State:\s*Z/m.test(status)
  } catch {
    return false
  }
}
