import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { NODE, ROOT, Unready } from './root.mjs'

const OLDEST_NODE = 20

/** Installs when something that the lock file names for this machine is missing or has another version. */
export async function ensureInstalled() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Unready(
      `Node.js ${OLDEST_NODE} or newer is needed; this is ${process.versions.node}. Update Node.js and start again.`,
    )
  }
  if (isInstalled()) return
  await withLock('install', () => {
    if (!isInstalled()) install()
  })
}

function isInstalled() {
  if (!existsSync(NODE)) return false
  try {
    const wanted = readPackages('package-lock.json')
    const present = readPackages(join('node_modules', '.package-lock.json'))
    // What is made for other machines is optional, and npm leaves it out.
    return Object.entries(wanted).every(([path, { version, optional }]) => {
      const found = present[path]
      return path === '' || (found ? found.version === version : optional === true)
    })
  } catch {
    return false
  }
}

function readPackages(file) {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages
}

function install() {
  process.stderr.write('Installing packages, once …\n')
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts=false',
    '--no-audit',
    '--no-fund',
  ]
  const { error, status, stderr } = spawnSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  })
  if (error) throw new Unready(`npm cannot be run (${error.code}). Install Node.js with npm and start again.`)
  if (status !== 0) {
    const words = stderr
      .trim()
      .split('\n')
      .filter((line) => /npm err(or)?!? (?!a complete log)/i.test(line))
    throw new Unready(
      `The packages could not be installed: ${words.slice(0, 3).join(' ') || `npm ended with ${status}`}. Mend that, then start again.`,
    )
  }
  if (!existsSync(NODE)) {
    throw new Unready(
      `The pinned Node.js was not installed to ${NODE}. Run \`npm ci --include=dev\` and look at what it says.`,
    )
  }
}
