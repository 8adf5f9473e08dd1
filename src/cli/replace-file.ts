import { randomUUID } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** All of the new text or all of the old: a reader, or a crash, never meets half a file. Keeps the file's mode. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const { mode } = await stat(path)
  const temporary = join(dirname(path), `.tandem-${randomUUID()}`)
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      await file.chmod(mode)
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
