import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createBare } from './git-bare.ts'

export type GitSshServer = {
  readonly port: number
  readonly user: string
  readonly privateKey: string
  readonly knownHosts: string
  createRepository(name: string): Promise<{ readonly url: string; readonly dir: string }>
  /** The address of a repository of this server through another port, a proxy's for example. */
  urlThrough(port: number, dir: string): string
  stop(): Promise<void>
}

const run = promisify(execFile)
const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd']

/** OpenSSH's own server on loopback, with keys and configuration of its own. Works as root and as anybody. */
export async function startGitSshServer(): Promise<GitSshServer> {
  const sshd = SSHD.find((path) => existsSync(path))
  if (sshd === undefined) throw new Error('sshd is not installed (Debian: apt install openssh-server).')
  const dir = await mkdtemp(join(tmpdir(), 'tandem-git-ssh-'))
  // Where sshd shuts itself in after a connection; only as root does it insist.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true })
  await makeKey(join(dir, 'host_key'))
  await makeKey(join(dir, 'user_key'))
  const port = await freePort()
  const user = userInfo().username
  await writeFile(join(dir, 'sshd_config'), sshdConfig(dir, port, user))
  const server = spawn(sshd, ['-D', '-e', '-f', join(dir, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await listening(server, port)
  const hostKey = (await readFile(join(dir, 'host_key.pub'), 'utf8')).trim()
  const urlThrough = (at: number, path: string): string => `ssh://${user}@127.0.0.1:${at}${path}`
  return {
    port,
    user,
    privateKey: await readFile(join(dir, 'user_key'), 'utf8'),
    knownHosts: `[127.0.0.1]:${port} ${hostKey}\n`,
    createRepository: async (name) => {
      const path = join(dir, 'repositories', `${name}.git`)
      await createBare(path)
      return { url: urlThrough(port, path), dir: path }
    },
    urlThrough,
    stop: async () => {
      server.kill()
      await new Promise((resolve) =>
        server.exitCode === null ? server.once('exit', resolve) : resolve(null),
      )
      await rm(dir, { recursive: true, force: true })
    },
  }
}

function sshdConfig(dir: string, port: number, user: string): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(dir, 'host_key')}`,
    `AuthorizedKeysFile ${join(dir, 'user_key.pub')}`,
    `PidFile ${join(dir, 'sshd.pid')}`,
    `AllowUsers ${user}`,
    'PermitRootLogin prohibit-password',
    'PubkeyAuthentication yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'StrictModes no',
    'UsePAM no',
    'PrintMotd no',
    'MaxStartups 100',
    'SetEnv GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null',
    '',
  ].join('\n')
}

async function makeKey(path: string): Promise<void> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'tandem-test', '-f', path])
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}

async function listening(server: ChildProcess, port: number): Promise<void> {
  let words = ''
  server.stderr?.on('data', (chunk: Buffer) => {
    words += chunk.toString('utf8')
  })
  for (let attempt = 0; attempt < 100; attempt++) {
    if (server.exitCode !== null) throw new Error(`sshd did not start: ${words}`)
    if (await answers(port)) return
    await pause(20)
  }
  server.kill()
  throw new Error(`sshd does not answer: ${words}`)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
