import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { Unready } from './root.mjs'

/** What tests need beside npm packages, and the Debian packages that have it, the better one first. */
const PROGRAMS = [
  { name: 'git', aptPackages: ['git'], paths: [] },
  {
    name: 'chromium',
    // The shell has no window to paint: a fifth of the time that pages take.
    aptPackages: ['chromium-headless-shell', 'chromium'],
    paths: [
      '/usr/bin/chromium-headless-shell',
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/snap/bin/chromium',
    ],
  },
  {
    name: 'sshd',
    aptPackages: ['openssh-server'],
    paths: ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'],
  },
]

/** Installs by apt as root on Debian and its kin; else says in one sentence what is missing. Never a silent skip. */
export function ensureSystemPrograms() {
  const missing = PROGRAMS.filter((program) => !isThere(program))
  if (missing.length === 0) return
  const names = missing.map((program) => program.name).join(' and ')
  const packages = missing.map((program) => program.aptPackages[0])
  if (process.getuid?.() !== 0 || !isDebian()) {
    throw new Unready(`The tests need ${names}: install ${packages.join(' and ')} and start again.`)
  }
  process.stderr.write(`Installing ${packages.join(', ')} by apt, once …\n`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args) => spawnSync('apt-get', ['-qq', '-y', ...args], { env, encoding: 'utf8' })
  apt('update')
  const why = missing.flatMap((program) => install(apt, program))
  if (why.length > 0) {
    throw new Unready(`The tests need ${names}, and apt could not install them: ${why.join(' ')}`)
  }
}

/** What apt said at last; nothing when one of the packages brought it. */
function install(apt, program) {
  let said = ''
  for (const name of program.aptPackages) {
    const { stderr } = apt('install', '--no-install-recommends', name)
    if (isThere(program)) return []
    said = (stderr ?? '').trim().split('\n').at(-1) ?? ''
  }
  return [`${program.name}: ${said}`]
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
