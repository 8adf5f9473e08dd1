import { type FileHandle, lstat, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DEFAULT_LIMITS } from '../core/format/limits.ts'
import type { RepositoryFile } from '../core/lint/repository.ts'
import { CliError, EXIT } from './exit.ts'

const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules'])
const YAML = /\.ya?ml$/

/** The YAML files below a folder, sorted by path. Symbolic links are never followed (F4). */
export async function readFolder(dir: string): Promise<RepositoryFile[]> {
  const paths = await listFolder(dir)
  const files: RepositoryFile[] = []
  // In turns: ten thousand open files at once are more than some systems allow.
  for (let i = 0; i < paths.length; i += 64) {
    const turn = paths.slice(i, i + 64)
    files.push(
      ...(await Promise.all(turn.map(async (path) => ({ path, text: await readText(join(dir, path)) })))),
    )
  }
  return files
}

async function listFolder(dir: string): Promise<string[]> {
  const stat = await lstat(dir).catch(() => null)
  const isFolder =
    stat?.isDirectory() === true || (stat?.isSymbolicLink() === true && (await isFolderLink(dir)))
  if (!isFolder)
    throw new CliError(EXIT.usage, `There is no folder \`${dir}\`.`, 'Name the folder of the repository.')
  const paths: string[] = []
  const pending = ['']
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of await readdir(join(dir, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) pending.push(path)
      else if (entry.isFile() && YAML.test(entry.name)) paths.push(path)
    }
  }
  return paths.sort()
}

/** The folder that was typed may be a link; nothing below it may. */
async function isFolderLink(dir: string): Promise<boolean> {
  return (await readdir(dir).catch(() => null)) !== null
}

async function readText(path: string): Promise<string | null> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    return size > DEFAULT_LIMITS.fileBytes ? await readBeginning(file) : decodeUtf8(await file.readFile())
  } finally {
    await file.close()
  }
}

/** Of a file beyond the limit only so much that the reader sees that it is too large. */
async function readBeginning(file: FileHandle): Promise<string> {
  const bytes = new Uint8Array(DEFAULT_LIMITS.fileBytes + 16)
  const { bytesRead } = await file.read(bytes, 0, bytes.length, 0)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, bytesRead))
}

/** Null when the bytes are not UTF-8. A byte order mark stays: it is part of the file's style. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
