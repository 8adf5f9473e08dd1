import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { Unready } from './root.mjs'

/** What tests need beside npm packages, and the Debian package that has it. */
const PROGRAMS = [
  { name: 'git', aptPackage: 'git', paths: [] },
  {
    name: 'chromium',
    aptPackage: 'chromium',
    paths: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'],
  },
  {
    name: 'sshd',
    aptPackage: 'openssh-server',
    paths: ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'],
  },
]

/** Installs by apt as root on Debian and its kin; else says in one sentence what is missing. Never a silent skip. */
export function ensureSystemPrograms() {
  const missing = PROGRAMS.filter((program) => !isThere(program))
  if (missing.length === 0) return
  const names = missing.map((program) => program.name).join(' and ')
  const packages = missing.map((program) => program.aptPackage)
  if (process.getuid?.() !== 0 || !isDebian()) {
    throw new Unready(`The tests need ${names}: install ${packages.join(' and ')} and start again.`)
  }
  process.stderr.write(`Installing ${packages.join(', ')} by apt, once …\n`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) => spawnSync('apt-get', ['-qq', '-y', ...args], { env, encoding: 'utf8' })
  apt('update')
  const { stderr } = apt('install', '--no-install-recommends', ...packages)
  const still = missing.filter((program) => !isThere(program))
  if (still.length > 0) {
    const why = (stderr ?? '').trim().split('\n').at(-1) ?? ''
    throw new Unready(`The tests need ${names}, and apt could not install ${packages.join(' and ')}: ${why}`)
  }
}

function isThere({ name, paths }) {
  return (
    paths.some((path) => existsSync(path)) || spawnSync('which', [name], { stdio: 'ignore' }).status === 0
  )
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}
