import { DEFAULT_PORTS, type RemoteUrl } from './remote-url.ts'

export type SshAccess = {
  readonly url: Extract<RemoteUrl, { protocol: 'ssh' }>
  readonly key: string
  readonly knownHosts: string
  /** The checked address to connect to (Z3); the name stays the one whose host key is looked up. */
  readonly address: string | undefined
  readonly stallMs: number
}

/** An OpenSSH configuration that reads nothing of the machine's: one key, one list of hosts, no questions. */
export function sshConfig({ url, key, knownHosts, address, stallMs }: SshAccess): string {
  const alive = Math.max(1, Math.ceil(stallMs / 4_000))
  const options: readonly (readonly [string, string])[] = [
    ['HostName', address ?? url.host],
    ['HostKeyAlias', url.port === DEFAULT_PORTS.ssh ? url.host : `[${url.host}]:${url.port}`],
    ['IdentityFile', quoted(key)],
    ['IdentitiesOnly', 'yes'],
    ['IdentityAgent', 'none'],
    ['UserKnownHostsFile', quoted(knownHosts)],
    ['GlobalKnownHostsFile', '/dev/null'],
    ['StrictHostKeyChecking', 'yes'],
    ['UpdateHostKeys', 'no'],
    ['CheckHostIP', 'no'],
    ['VerifyHostKeyDNS', 'no'],
    ['BatchMode', 'yes'],
    ['PreferredAuthentications', 'publickey'],
    ['PasswordAuthentication', 'no'],
    ['KbdInteractiveAuthentication', 'no'],
    ['HostbasedAuthentication', 'no'],
    ['GSSAPIAuthentication', 'no'],
    ['ForwardAgent', 'no'],
    ['ForwardX11', 'no'],
    ['ClearAllForwardings', 'yes'],
    ['PermitLocalCommand', 'no'],
    ['ProxyCommand', 'none'],
    ['ControlMaster', 'no'],
    ['ControlPath', 'none'],
    ['RequestTTY', 'no'],
    ['ConnectTimeout', String(Math.max(1, Math.ceil(stallMs / 1_000)))],
    ['ServerAliveInterval', String(alive)],
    ['ServerAliveCountMax', '3'],
    ['LogLevel', 'ERROR'],
  ]
  return `Host *\n${options.map(([name, value]) => `  ${name} ${value}\n`).join('')}`
}

/** ssh expands `%` and reads quotes in file names. */
function quoted(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`
}
