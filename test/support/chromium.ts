import { existsSync } from 'node:fs'

const PROGRAMS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
]

/** As root, in a container, with little shared memory, and asking nothing of the network by itself. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

export function chromiumProgram(): string {
  const found = [process.env.TANDEM_CHROMIUM ?? '', ...PROGRAMS].find(
    (path) => path !== '' && existsSync(path),
  )
  if (found === undefined) throw new Error('no Chromium here: install it, or name it in TANDEM_CHROMIUM')
  return found
}
