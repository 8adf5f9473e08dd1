import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { NODE, ROOT, Unready } from './root.mjs'

const INPUTS = ['src/web', 'src/core', 'vite.config.ts', 'tsconfig.base.json', 'package-lock.json']
const STAMP = join(ROOT, 'dist', 'web', '.inputs')

/** Builds the page when what it is made of differs from what it was built of. Times say nothing: git sets them anew. */
export async function ensureWebBuilt() {
  const inputs = hashInputs()
  if (isBuiltOf(inputs)) return
  await withLock('build', () => {
    if (isBuiltOf(inputs)) return
    process.stderr.write('Building the page …\n')
    const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
    const { status, stdout, stderr } = spawnSync(NODE, [vite, 'build', '--logLevel', 'warn'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Unready(`The page could not be built:\n${(stderr || stdout).trim()}`)
    writeFileSync(STAMP, inputs)
  })
}

function isBuiltOf(inputs) {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputs
}

function hashInputs() {
  const hash = createHash('sha256')
  for (const input of INPUTS) {
    for (const file of filesOf(join(ROOT, input)))
      hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesOf(path) {
  if (!existsSync(path)) return []
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort()
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    throw error
  }
}
