import { randomBytes } from 'node:crypto'
import { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from './config.ts'

/** Made when missing; one sentence when it cannot be used. */
export function openDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new ConfigError([
      `TANDEM_DATA_DIR: the folder ${path} cannot be written (${why}). Give this user the right to it, or choose another folder with --data-dir.`,
    ])
  }
}

/** A secret of ours, made once and kept for this user alone. */
export function keptSecret(
  folder: string,
  name: string,
  make: () => string,
): { text: string; made: boolean } {
  const file = join(folder, name)
  const kept = readIfThere(file)
  if (kept !== null) return { text: kept, made: false }
  const text = make()
  // Aside and renamed: a kill in the middle leaves no half a key.
  writeFileSync(`${file}.part`, text, { mode: 0o600 })
  renameSync(`${file}.part`, file)
  return { text, made: true }
}

export function randomText(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new ConfigError([`${file} cannot be read. Give this user the right to it.`])
  }
}
