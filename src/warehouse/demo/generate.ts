import { fork } from 'node:child_process'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { WarehouseError } from '../warehouse-error.ts'

/**
 * Writes the plant store's warehouse, the same on every machine: about two seconds, 15 MB. It appears
 * whole or not at all, and is made in a process of its own: what DuckDB needs for it is given back.
 */
export async function generateDemoWarehouse(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const unfinished = `${path}.unfinished`
  await removeDatabase(unfinished)
  const entry = new URL(import.meta.url.endsWith('.ts') ? './process.ts' : './process.js', import.meta.url)
  const child = fork(entry, [unfinished], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let complaint = ''
  child.stderr?.on('data', (bytes) => {
    complaint += String(bytes)
  })
  const code = await new Promise<number | null>((ended) => child.once('exit', ended))
  if (code !== 0) {
    await removeDatabase(unfinished)
    throw new WarehouseError({
      code: 'crashed',
      message: `The demo warehouse cannot be made: ${complaint.trim()}`,
    })
  }
  await rename(unfinished, path)
}

async function removeDatabase(path: string): Promise<void> {
  await Promise.all(
    [path, `${path}.wal`, `${path}.tmp`].map((file) => rm(file, { recursive: true, force: true })),
  )
}
