export type Protocol = 'https' | 'ssh' | 'http' | 'file'

/** A remote's address, taken apart and checked. Git is given `argument`, which is built from the parts. */
export type RemoteUrl =
  | {
      readonly protocol: 'https' | 'http'
      readonly host: string
      readonly port: number
      readonly path: string
      readonly argument: string
    }
  | {
      readonly protocol: 'ssh'
      readonly user: string
      readonly host: string
      readonly port: number
      readonly path: string
      readonly argument: string
    }
  | { readonly protocol: 'file'; readonly path: string; readonly argument: string }

export const DEFAULT_PORTS = { https: 443, http: 80, ssh: 22 } as const

export function webRemote(protocol: 'https' | 'http', host: string, port: number, path: string): RemoteUrl {
  const authority = `${bracketed(host)}${port === DEFAULT_PORTS[protocol] ? '' : `:${port}`}`
  return { protocol, host, port, path, argument: `${protocol}://${authority}${path}` }
}

/** `git@host:path` is relative to the user's home, `ssh://host/path` is not: each keeps its own form. */
export function sshRemote(user: string, host: string, port: number, path: string): RemoteUrl {
  const authority = `${user}@${bracketed(host)}`
  const argument = path.startsWith('/')
    ? `ssh://${authority}${port === DEFAULT_PORTS.ssh ? '' : `:${port}`}${path}`
    : `${authority}:${path}`
  return { protocol: 'ssh', user, host, port, path, argument }
}

export function fileRemote(path: string): RemoteUrl {
  return { protocol: 'file', path, argument: path }
}

/** How the remote is called in messages. */
export function remoteName(url: RemoteUrl): string {
  return url.protocol === 'file' ? url.path : url.host
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
