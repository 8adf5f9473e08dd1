import { mkdir, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { CommitInput } from '../../src/git/commit.ts'
import { commitMessage } from '../../src/git/commit-message.ts'
import type { GitCredentials } from '../../src/git/credentials.ts'
import type { GitLimits } from '../../src/git/limits.ts'
import { DEFAULT_GIT_POLICY } from '../../src/git/policy.ts'
import type { Remote } from '../../src/git/remote.ts'
import { openRepository, type Repository } from '../../src/git/repository.ts'
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { createBare, headOf } from '../support/git-bare.ts'
import { type GitHttpServer, startGitHttpServer } from '../support/git-http-server.ts'
import { clonePerson } from '../support/git-person.ts'
import { type GitSshServer, startGitSshServer } from '../support/git-ssh-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ann = { name: 'Ann', email: 'ann@example.com', at: new Date('2026-03-01T10:00:00Z') }

function save(path: string, text: string): CommitInput {
  return {
    message: commitMessage(`Save ${path}`, null, []),
    author: ann,
    committer: ann,
    files: [{ path, text }],
  }
}

/** The remote under other limits. */
function bounded(remote: Remote, limits: Partial<GitLimits>): Remote {
  return { ...remote, policy: { ...remote.policy, limits: { ...remote.policy.limits, ...limits } } }
}

async function oneCommit(repository: Repository, text = 'name: A\n'): Promise<string> {
  const [commit] = await repository.commit(null, [save('models/a.yaml', text)])
  return commit?.oid ?? ''
}

describe('faults over https', () => {
  let server: GitHttpServer
  let count = 0
  beforeAll(async () => {
    server = await startGitHttpServer()
  })
  afterEach(() => server.setFault(null))
  afterAll(() => server.stop())

  async function world(): Promise<{ remote: Remote; dir: string; repository: Repository }> {
    count += 1
    const { url, dir } = await server.createRepository(`r${count}`)
    const remote: Remote = {
      url,
      branch: 'main',
      credentials: { type: 'token', token: server.token ?? '' },
      policy: { ...DEFAULT_GIT_POLICY, caFile: server.caFile },
    }
    return { remote, dir, repository: await openRepository(join(temporaryFolder(), 'cache')) }
  }

  it('[S10] names what is wrong with credentials, address or certificate', async () => {
    const { remote, repository } = await world()
    const failing = async (change: Partial<Remote>): Promise<unknown> =>
      repository.fetch({ ...remote, ...change }).catch(({ code, retry }) => [code, retry])
    expect(await failing({ credentials: { type: 'token', token: 'another-token' } })).toEqual([
      'auth',
      'never',
    ])
    expect(await failing({ credentials: { type: 'none' } })).toEqual(['auth', 'never'])
    expect(await failing({ url: remote.url.replace(/r\d+\.git/, 'nothing.git') })).toEqual([
      'not-found',
      'never',
    ])
    expect(await failing({ policy: DEFAULT_GIT_POLICY })).toEqual(['tls', 'never'])
    expect(await failing({ url: `https://localhost:${await closedPort()}/a.git` })).toEqual([
      'unreachable',
      'later',
    ])
    expect(await failing({ url: 'https://nowhere.invalid/a.git' })).toEqual(['unreachable', 'later'])
    const ssh: GitCredentials = { type: 'ssh', privateKey: 'x', knownHosts: '' }
    expect(await failing({ credentials: ssh })).toEqual(['invalid', 'never'])
  })

  it.each([
    [401, 'auth', 'never'],
    [403, 'forbidden', 'never'],
    [429, 'busy', 'later'],
    [500, 'server-error', 'later'],
    [503, 'server-error', 'later'],
  ] as const)('[S10] names what status %i means', async (status, code, retry) => {
    const { remote, repository } = await world()
    const oid = await oneCommit(repository)
    server.setFault({ kind: 'status', status })
    await expect(repository.fetch(remote)).rejects.toMatchObject({ code, retry })
    await expect(repository.push(remote, oid, null)).rejects.toMatchObject({ code, retry })
    await expect(repository.lsRemote(remote)).rejects.toMatchObject({ code, retry })
    await expect(repository.tryPush(remote)).rejects.toMatchObject({ code, retry })
  })

  it('[S27] tells credentials that may only read', async () => {
    const { remote, repository } = await world()
    server.setFault({ kind: 'status', status: 403, service: 'git-receive-pack' })
    expect(await repository.fetch(remote)).toEqual({ head: null, tip: null })
    await expect(repository.tryPush(remote)).rejects.toMatchObject({
      code: 'forbidden',
      message:
        'localhost does not let these credentials write the repository (403). Give the token the right to write.',
    })
  })

  it('[Z3] does not follow a redirect to another host', async () => {
    const { remote, repository } = await world()
    const other = await startGitHttpServer({ tls: false, token: null })
    const { url } = await other.createRepository('other')
    server.setFault({ kind: 'status', status: 302, location: `${url}/info/refs?service=git-upload-pack` })
    await expect(repository.fetch(remote)).rejects.toMatchObject({ code: 'redirected', retry: 'never' })
    expect(other.requests).toEqual([])
    await other.stop()
  })

  it('[Z6] gives up on a server that never answers, and leaves no process behind', async () => {
    const { remote, repository } = await world()
    server.setFault({ kind: 'hang' })
    await expect(repository.fetch(bounded(remote, { fetchMs: 1_000 }))).rejects.toMatchObject({
      code: 'timeout',
      retry: 'later',
      message: 'git fetch was stopped after 1 s, its time limit.',
    })
    await expect(repository.fetch(bounded(remote, { stallMs: 1_000 }))).rejects.toMatchObject({
      code: 'timeout',
    })
    await expect.poll(() => commandLines(`localhost:${server.port}`)).toEqual([])
  })

  it('[Z6] can be cancelled', async () => {
    const { remote, repository } = await world()
    server.setFault({ kind: 'hang' })
    await expect(repository.fetch(remote, AbortSignal.timeout(200))).rejects.toMatchObject({
      code: 'aborted',
    })
    await expect(repository.fetch(remote, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' })
    await expect.poll(() => commandLines(`localhost:${server.port}`)).toEqual([])
  })

  it('[Z6] bounds the size of a fetch and names the limit', async () => {
    const { remote, dir, repository } = await world()
    const pat = await clonePerson({ url: dir, dir: join(temporaryFolder(), 'clone') })
    await pat.write('big.bin', randomBytes(24 * 1024 ** 2))
    await pat.commit('Big')
    await pat.push()
    await expect(repository.fetch(bounded(remote, { packBytes: 1024 ** 2 }))).rejects.toMatchObject({
      code: 'limit',
      message: expect.stringContaining('more than 1 MiB, the limit of this server'),
    })
    expect((await repository.fetch(remote)).head).toBe(await headOf(dir))
  })

  it('[Z6] bounds the number of branches', async () => {
    const { remote, repository } = await world()
    const oid = await oneCommit(repository)
    for (const branch of ['main', 'b', 'c']) await repository.push({ ...remote, branch }, oid, null)
    await expect(repository.lsRemote(bounded(remote, { refs: 2 }))).rejects.toMatchObject({ code: 'limit' })
  })

  it('[S10] sees through a server that accepts a push and does not move the branch', async () => {
    const { remote, dir, repository } = await world()
    const oid = await oneCommit(repository)
    server.setFault({ kind: 'swallow', service: 'git-receive-pack' })
    expect(await repository.push(remote, oid, null)).toEqual({ kind: 'pushed' })
    expect(await repository.verify(remote, oid)).toEqual({ kind: 'absent', head: null })
    server.setFault(null)
    expect(await repository.push(remote, oid, null)).toEqual({ kind: 'pushed' })
    expect(await repository.verify(remote, oid)).toEqual({ kind: 'there', head: oid })
    expect(await headOf(dir)).toBe(oid)
  })

  it('[S26] finds out by reading back when the answer to a push was lost', async () => {
    const { remote, dir, repository } = await world()
    const oid = await oneCommit(repository)
    await repository.fetch(remote)
    server.setFault({ kind: 'cut', afterBytes: 0, service: 'git-receive-pack', method: 'POST' })
    await expect(repository.push(remote, oid, null)).rejects.toMatchObject({ retry: 'later' })
    server.setFault(null)
    const head = await headOf(dir)
    expect(await repository.verify(remote, oid)).toEqual(
      head === oid ? { kind: 'there', head: oid } : { kind: 'absent', head: null },
    )
  })

  it.each([0, 200, 5_000])('[S26] survives an answer that is cut after %i bytes', async (afterBytes) => {
    const { remote, dir, repository } = await world()
    const pat = await clonePerson({ url: dir, dir: join(temporaryFolder(), 'clone') })
    await pat.write('noise.bin', randomBytes(50_000))
    const head = await pat.commit('Noise')
    await pat.push()
    server.setFault({ kind: 'cut', afterBytes })
    await expect(repository.fetch(remote)).rejects.toMatchObject({ code: 'unreachable', retry: 'later' })
    server.setFault(null)
    expect(await repository.fetch(remote)).toMatchObject({ head })
    expect((await repository.listTree(head, '')).map(({ path }) => path)).toEqual(['noise.bin'])
  })
})

describe('faults over ssh', () => {
  let server: GitSshServer
  let proxy: FaultProxy
  let other: GitSshServer
  beforeAll(async () => {
    server = await startGitSshServer()
    other = await startGitSshServer()
    proxy = await startFaultProxy(server.port)
  })
  afterAll(async () => {
    await proxy.stop()
    await server.stop()
    await other.stop()
  })

  async function world(name: string): Promise<{ remote: Remote; dir: string; repository: Repository }> {
    const { url, dir } = await server.createRepository(name)
    const { privateKey, knownHosts } = server
    const remote: Remote = {
      url,
      branch: 'main',
      credentials: { type: 'ssh', privateKey, knownHosts },
      policy: DEFAULT_GIT_POLICY,
    }
    return { remote, dir, repository: await openRepository(join(temporaryFolder(), 'cache')) }
  }

  it('[Z4] checks the host key and names what is wrong with keys', async () => {
    const { remote, repository } = await world('keys')
    const with_ = async (change: Partial<Extract<GitCredentials, { type: 'ssh' }>>): Promise<unknown> => {
      const { privateKey, knownHosts } = server
      const credentials: GitCredentials = { type: 'ssh', privateKey, knownHosts, ...change }
      return repository
        .fetch({ ...remote, credentials })
        .catch(({ code, message }) => [code, message.split('.')[0]])
    }
    expect(await with_({ knownHosts: '' })).toEqual(['host-key', 'The host key of 127'])
    const swapped = other.knownHosts.replace(`:${other.port} `, `:${server.port} `)
    expect(await with_({ knownHosts: swapped })).toEqual(['host-key', '127'])
    expect(await with_({ privateKey: other.privateKey })).toEqual(['auth', '127'])
    expect(await with_({ privateKey: 'nonsense' })).toEqual(['auth', 'The SSH private key cannot be read'])
    expect(await with_({ privateKey: server.privateKey.replaceAll('\n', '\r\n').trim() })).toEqual({
      head: null,
      tip: null,
    })
  })

  it('[S26] leaves the remote as it was when a push is cut in the middle of its pack', async () => {
    const { remote, dir, repository } = await world('cut')
    const first = await oneCommit(repository)
    await repository.push(remote, first, null)
    const [second] = await repository.commit(first, [
      save('noise.txt', randomBytes(200_000).toString('base64')),
    ])
    const through: Remote = {
      ...remote,
      url: server.urlThrough(proxy.port, dir),
      credentials: {
        type: 'ssh',
        privateKey: server.privateKey,
        knownHosts: server.knownHosts.replace(`:${server.port}`, `:${proxy.port}`),
      },
    }
    proxy.setFault({ kind: 'cut', direction: 'up', afterBytes: 50_000 })
    await expect(repository.push(through, second?.oid ?? '', first)).rejects.toMatchObject({
      code: 'unreachable',
      retry: 'later',
    })
    expect(await repository.verify(remote, second?.oid ?? '')).toEqual({ kind: 'absent', head: first })
    proxy.setFault({ kind: 'black-hole' })
    await expect(repository.fetch(bounded(through, { stallMs: 1_000 }))).rejects.toMatchObject({
      retry: 'later',
    })
    proxy.setFault({ kind: 'latency', ms: 5 })
    expect(await repository.push(through, second?.oid ?? '', first)).toEqual({ kind: 'pushed' })
  })
})

describe('a damaged cache', () => {
  async function world(): Promise<{ remote: Remote; dir: string; cache: string; head: string }> {
    const folder = temporaryFolder()
    const dir = join(folder, 'remote.git')
    await createBare(dir)
    const remote: Remote = {
      url: `file://${dir}`,
      branch: 'main',
      credentials: { type: 'none' },
      policy: { ...DEFAULT_GIT_POLICY, fileRoots: [folder] },
    }
    const cache = join(folder, 'cache')
    const repository = await openRepository(cache)
    const head = await oneCommit(repository)
    await repository.push(remote, head, null)
    await repository.fetch(remote)
    return { remote, dir, cache, head }
  }

  it.each<readonly [string, (cache: string) => Promise<unknown>]>([
    ['without its objects', (cache) => rm(join(cache, 'objects'), { recursive: true })],
    ['with its objects emptied', emptyObjects],
    ['without its HEAD', (cache) => rm(join(cache, 'HEAD'))],
    ['with an empty HEAD', (cache) => truncate(join(cache, 'HEAD'))],
    ['with nonsense for a configuration', (cache) => writeFile(join(cache, 'config'), '[core\nnonsense')],
    [
      'that is a file',
      async (cache) => {
        await rm(cache, { recursive: true })
        await writeFile(cache, 'nonsense')
      },
    ],
    ['that is gone', (cache) => rm(cache, { recursive: true })],
  ])('[S26] %s mends itself at the next fetch', async (_, damage) => {
    const { remote, cache, head } = await world()
    const repository = await openRepository(cache)
    await damage(cache)
    await expect(readAll(repository, head)).rejects.toMatchObject({ code: 'cache', retry: 'now' })
    expect(await repository.fetch(remote)).toMatchObject({ head })
    expect(await readAll(repository, head)).toEqual(['name: A\n'])
    const [next] = await repository.commit(head, [save('models/b.yaml', 'name: B\n')])
    expect(await repository.push(remote, next?.oid ?? '', head)).toEqual({ kind: 'pushed' })
  })

  it('[S26] is swept of what a killed process left, and never waits for a person', async () => {
    const { remote, cache, head } = await world()
    const stale = [
      'HEAD.lock',
      'config.lock',
      'packed-refs.lock',
      'refs/tandem/outgoing.lock',
      'objects/pack/tmp_pack_x',
    ]
    for (const path of stale) {
      await writeFile(join(cache, path), '')
      await utimes(join(cache, path), 1, 1)
    }
    await mkdir(`${cache}.new-x`)
    await utimes(`${cache}.new-x`, 1, 1)
    const repository = await openRepository(cache)
    const left = await readdir(cache, { recursive: true })
    expect(left.filter((path) => stale.includes(path))).toEqual([])
    expect(await readdir(join(cache, '..'))).not.toContain('cache.new-x')
    await repository.maintain()
    expect(await repository.fetch(remote)).toMatchObject({ head })
  })

  it('[S26] breaks a lock that was left while the server runs', async () => {
    const { cache, head } = await world()
    const repository = await openRepository(cache)
    const lock = join(cache, 'refs/tandem/outgoing.lock')
    await writeFile(lock, '')
    const [commit] = await repository.commit(head, [save('models/b.yaml', 'name: B\n')])
    expect(await readAll(repository, commit?.oid ?? '')).toEqual(['name: A\n', 'name: B\n'])
  })

  it('[S26] keeps what is not pushed yet through maintenance', async () => {
    const { remote, cache, head } = await world()
    const repository = await openRepository(cache)
    const [commit] = await repository.commit(head, [save('models/b.yaml', 'name: B\n')])
    await repository.maintain()
    expect(await repository.push(remote, commit?.oid ?? '', head)).toEqual({ kind: 'pushed' })
  })
})

async function readAll(repository: Repository, commit: string): Promise<readonly string[]> {
  const entries = await repository.listTree(commit, '')
  const texts: string[] = []
  for await (const { bytes } of repository.readBlobs(
    entries.map(({ oid }) => oid),
    { maxBytes: 1_000 },
  )) {
    texts.push(new TextDecoder().decode(bytes ?? undefined))
  }
  return texts
}

async function emptyObjects(cache: string): Promise<void> {
  const names = await readdir(join(cache, 'objects'), { recursive: true, withFileTypes: true })
  for (const entry of names.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name)
    await rm(path)
    await writeFile(path, '')
  }
}

/** Processes of this machine whose command line holds a text. */
async function commandLines(text: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return lines.filter((line) => line.includes(text))
}

function randomBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length)
  // A generator of its own, so that every run is alike: xorshift.
  let state = 88_172_645
  for (let i = 0; i < length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[i] = state & 0xff
  }
  return bytes
}

async function closedPort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' ? (address?.port ?? 1) : 1
}
