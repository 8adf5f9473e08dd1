import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { caBundle } from '../src/git/ca-bundle.ts'
import { createBare, plainGit } from '../test/support/git-bare.ts'
import type { GitHttpServer } from '../test/support/git-http-server.ts'

export const TRANSPORTS = ['file', 'https'] as const
export type Transport = (typeof TRANSPORTS)[number]

/** A bare repository with the two ways to it: the server's settings, and git's arguments for a person. */
export type Remote = {
  readonly dir: string
  readonly url: string
  readonly credentials: { readonly type: 'none' } | { readonly type: 'token'; readonly token: string }
  readonly gitOptions: readonly string[]
}

/** A fresh one, without the housekeeping that would fall into some samples and not into others. */
export async function createRemote(
  folder: string,
  https: GitHttpServer,
  transport: Transport,
  name: string,
): Promise<Remote> {
  const remote = transport === 'file' ? await fileRemote(folder, name) : await httpsRemote(https, name)
  await switchHousekeepingOff(remote.dir)
  return remote
}

async function fileRemote(folder: string, name: string): Promise<Remote> {
  const dir = join(folder, `${name}.git`)
  await createBare(dir)
  return { dir, url: pathToFileURL(dir).href, credentials: { type: 'none' }, gitOptions: [] }
}

async function httpsRemote(https: GitHttpServer, name: string): Promise<Remote> {
  const { dir, url } = await https.createRepository(name)
  const token = https.token ?? ''
  const basic = Buffer.from(`bench:${token}`).toString('base64')
  return {
    dir,
    url,
    credentials: { type: 'token', token },
    gitOptions: [
      '-c',
      // The machine's authorities and the remote's own, as a person's git has them and as ours has them.
      `http.sslCAInfo=${https.caFile === null ? '' : caBundle(https.caFile)}`,
      '-c',
      `http.extraHeader=Authorization: Basic ${basic}`,
    ],
  }
}

export async function switchHousekeepingOff(dir: string): Promise<void> {
  await plainGit(dir, ['config', 'gc.auto', '0'])
  await plainGit(dir, ['config', 'maintenance.auto', 'false'])
  await plainGit(dir, ['config', 'receive.autogc', 'false'])
}
