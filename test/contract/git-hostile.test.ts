import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { runGit } from '../../src/git/command.ts'
import type { CommitFile, CommitInput } from '../../src/git/commit.ts'
import { commitMessage } from '../../src/git/commit-message.ts'
import { DEFAULT_GIT_POLICY } from '../../src/git/policy.ts'
import { type Remote, withRemote } from '../../src/git/remote.ts'
import { openRepository, type Repository } from '../../src/git/repository.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { createBare, headOf, plainGit } from '../support/git-bare.ts'
import { startGitHttpServer } from '../support/git-http-server.ts'
import { clonePerson, type GitPerson } from '../support/git-person.ts'
import { startGitSshServer } from '../support/git-ssh-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ann = { name: 'Ann', email: 'ann@example.com', at: new Date('2026-03-01T10:00:00Z') }

function save(...files: readonly CommitFile[]): CommitInput {
  return { message: commitMessage('Save', null, []), author: ann, committer: ann, files }
}

type World = {
  folder: string
  remote: Remote
  dir: string
  cache: string
  repository: Repository
  person(): Promise<GitPerson>
}

/** A `file` remote: what is in the repository is the same over every protocol. */
async function world(): Promise<World> {
  const folder = temporaryFolder()
  const dir = join(folder, 'remote.git')
  await createBare(dir)
  const cache = join(folder, 'cache')
  return {
    folder,
    dir,
    cache,
    remote: {
      url: `file://${dir}`,
      branch: 'main',
      credentials: { type: 'none' },
      policy: { ...DEFAULT_GIT_POLICY, fileRoots: [folder] },
    },
    repository: await openRepository(cache),
    person: () => clonePerson({ url: dir, dir: join(folder, 'clone') }),
  }
}

/** A program that leaves a trace when anybody runs it. */
async function trap(folder: string, name: string): Promise<{ program: string; sprung(): boolean }> {
  const trace = join(folder, `${name}.sprung`)
  const program = join(folder, `${name}.sh`)
  await writeFile(program, `#!/bin/sh\ntouch '${trace}'\n`)
  await chmod(program, 0o755)
  return { program, sprung: () => existsSync(trace) }
}

/** Everything that we do with a repository, once. */
async function useAll({ remote, repository, dir }: World): Promise<void> {
  const { head } = await repository.fetch(remote)
  const files = [{ path: 'models/ours.yaml', text: 'name: Ours\n' }]
  const [commit] = await repository.commit(head, [save(...files)])
  const oid = commit?.oid ?? ''
  expect(await repository.push(remote, oid, head)).toEqual({ kind: 'pushed' })
  expect(await repository.verify(remote, oid)).toEqual({ kind: 'there', head: oid })
  await repository.fetch(remote)
  await repository.diffTree(head, oid, '')
  await repository.log({ to: oid, path: 'models', limit: 10 })
  const entries = await repository.listTree(oid, '')
  const blobs = entries.filter(({ mode }) => mode !== '160000').map((entry) => entry.oid)
  for await (const { bytes } of repository.readBlobs(blobs, { maxBytes: 1_000_000 }))
    expect(bytes).not.toBeNull()
  await repository.maintain()
  expect(await headOf(dir)).toBe(oid)
}

describe('configuration of others', () => {
  const before = { ...process.env }
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  })

  it("[Z1] of the machine and of the server's own environment has no effect", async () => {
    const made = await world()
    const { program, sprung } = await trap(made.folder, 'machine')
    const home = join(made.folder, 'home')
    await mkdir(join(home, 'git'), { recursive: true })
    const config = `[core]\n\tfsmonitor = ${program}\n\tsshCommand = ${program}\n\thooksPath = ${made.folder}\n[credential]\n\thelper = ${program}\n[url "ext::${program}"]\n\tinsteadOf = file\n\tinsteadOf = ${made.dir}\n[user]\n\tname = Mallory\n`
    await writeFile(join(home, '.gitconfig'), config)
    await writeFile(join(home, 'git', 'config'), config)
    const trace = join(made.folder, 'trace')
    Object.assign(process.env, {
      HOME: home,
      XDG_CONFIG_HOME: home,
      GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
      GIT_CONFIG_PARAMETERS: `'core.fsmonitor'='${program}'`,
      GIT_SSH_COMMAND: program,
      GIT_ASKPASS: program,
      SSH_ASKPASS: program,
      GIT_EXTERNAL_DIFF: program,
      GIT_PAGER: program,
      GIT_EXEC_PATH: made.folder,
      GIT_DIR: made.folder,
      GIT_TRACE: trace,
      GIT_TRACE_CURL: trace,
      GIT_AUTHOR_NAME: 'Mallory',
      LD_PRELOAD_TANDEM: program,
    })
    await useAll(made)
    expect(sprung()).toBe(false)
    expect(existsSync(trace)).toBe(false)
    const people = await plainGit(made.dir, ['log', '--format=%an <%ae> %cn', 'main'])
    expect(people).toBe('Ann <ann@example.com> Ann')
  })

  it('[Z1] in the cache has no effect: no hook, monitor or filter of it runs', async () => {
    const made = await world()
    const { program, sprung } = await trap(made.folder, 'cache')
    const hooks = join(made.cache, 'hooks')
    await mkdir(hooks, { recursive: true })
    for (const hook of [
      'reference-transaction',
      'pre-push',
      'post-commit',
      'pre-auto-gc',
      'post-checkout',
      'fsmonitor-watchman',
    ]) {
      await symlink(program, join(hooks, hook))
    }
    for (const [key, value] of [
      ['core.fsmonitor', program],
      ['core.hooksPath', hooks],
      ['core.attributesFile', join(made.folder, 'attributes')],
      ['filter.evil.smudge', program],
      ['filter.evil.clean', program],
      ['diff.evil.textconv', program],
      ['diff.external', program],
      ['credential.helper', program],
      ['core.pager', program],
      ['gpg.program', program],
      ['commit.gpgSign', 'true'],
      ['log.showSignature', 'true'],
    ] as const) {
      await plainGit(made.cache, ['config', key, value])
    }
    await writeFile(join(made.folder, 'attributes'), '* filter=evil diff=evil\n')
    await mkdir(join(made.cache, 'info'), { recursive: true })
    await writeFile(join(made.cache, 'info', 'attributes'), '* filter=evil diff=evil\n')
    await useAll(made)
    expect(sprung()).toBe(false)
  })
})

describe('what a repository holds', () => {
  it('[Z1] is never followed, filtered or checked out', async () => {
    const made = await world()
    const { program, sprung } = await trap(made.folder, 'content')
    const pat = await made.person()
    await pat.write('.gitattributes', '* filter=evil diff=evil merge=evil\n')
    await pat.write(
      '.gitmodules',
      `[submodule "x"]\n\tpath = x\n\turl = ext::${program}\n\tupdate = !${program}\n`,
    )
    await symlink('/etc/passwd', join(pat.dir, 'passwd.yaml'))
    await symlink('/etc', join(pat.dir, 'models'))
    await pat.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},x`)
    await pat.git('add', '--all', '--', '.gitattributes', '.gitmodules', 'passwd.yaml', 'models')
    await pat.git('commit', '--quiet', '--message', 'Hostile')
    await pat.push()
    const { head } = await made.repository.fetch(made.remote)
    const entries = await made.repository.listTree(head ?? '', '')
    expect(entries.map(({ path, mode }) => [path, mode])).toEqual([
      ['.gitattributes', '100644'],
      ['.gitmodules', '100644'],
      ['models', '120000'],
      ['passwd.yaml', '120000'],
      ['x', '160000'],
    ])
    expect(await made.repository.listTree(head ?? '', 'models')).toEqual([])
    const link = entries.find(({ path }) => path === 'passwd.yaml')?.oid ?? ''
    for await (const { bytes } of made.repository.readBlobs([link], { maxBytes: 100 })) {
      expect(new TextDecoder().decode(bytes ?? undefined)).toBe('/etc/passwd')
    }
    expect(sprung()).toBe(false)
    expect(await readdir(made.cache)).not.toContain('models')
  })

  it.each<readonly [string, CommitFile]>([
    ['a symbolic link', { path: 'link.yaml', text: 'x' }],
    ['a file under a symbolic link', { path: 'linked/a.yaml', text: 'x' }],
    ['a submodule', { path: 'module', text: 'x' }],
    ['a folder', { path: 'models', text: 'x' }],
    ['a file under a file', { path: 'models/a.yaml/b.yaml', text: 'x' }],
    ['a link to delete', { path: 'link.yaml', delete: true }],
    ['a link to move', { path: 'new.yaml', from: 'link.yaml' }],
    ['a place that a move takes', { path: 'link.yaml', from: 'models/a.yaml' }],
  ])('[S9] leaves alone %s', async (_, file) => {
    const made = await world()
    const pat = await made.person()
    await pat.write('models/a.yaml', 'a\n')
    await symlink('models/a.yaml', join(pat.dir, 'link.yaml'))
    await symlink('models', join(pat.dir, 'linked'))
    await pat.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`)
    await pat.git('add', '--', 'models', 'link.yaml', 'linked')
    await pat.git('commit', '--quiet', '--message', 'Links')
    await pat.push()
    const { head } = await made.repository.fetch(made.remote)
    await expect(made.repository.commit(head, [save(file)])).rejects.toMatchObject({
      code: 'path-taken',
      retry: 'never',
    })
  })

  it('[Z1] may point its branch at a tag, which stands for its commit, or at what is no commit', async () => {
    const made = await world()
    const pat = await made.person()
    await pat.write('models/a.yaml', 'a\n')
    const commit = await pat.commit('One')
    await pat.git('tag', '--annotate', '--message', 'Marked', 'marked')
    await pat.push()
    await pat.git('push', '--quiet', 'origin', 'marked')
    const point = async (at: string) =>
      writeFile(join(made.dir, 'refs/heads/main'), `${await pat.git('rev-parse', at)}\n`)
    await point('marked')
    expect(await made.repository.fetch(made.remote)).toMatchObject({ head: commit })
    expect(await made.repository.holdsHead(made.remote, commit)).toBe(true)
    await point('marked^{tree}')
    await expect(made.repository.fetch(made.remote)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('[S9] keeps the mode of a file that it writes or moves, and touches no other', async () => {
    const made = await world()
    const pat = await made.person()
    await pat.write('models/a.yaml', 'a\n')
    await pat.write('models/b.yaml', 'b\n')
    await pat.write('README.md', 'r\n')
    await chmod(join(pat.dir, 'models/a.yaml'), 0o755)
    await chmod(join(pat.dir, 'models/b.yaml'), 0o755)
    await pat.commit('Modes')
    await pat.push()
    const { head } = await made.repository.fetch(made.remote)
    const commits = await made.repository.commit(head, [
      save({ path: 'models/a.yaml', text: 'A\n' }, { path: 'models/c.yaml', from: 'models/b.yaml' }),
      save({ path: 'models/c.yaml', text: 'C\n' }, { path: 'models/d.yaml', text: 'd\n' }),
    ])
    const last = commits[1]?.oid ?? ''
    expect((await made.repository.listTree(last, '')).map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      '100644 README.md',
      '100755 models/a.yaml',
      '100755 models/c.yaml',
      '100644 models/d.yaml',
    ])
  })

  it.each([
    '../outside.yaml',
    '.git/config',
    'models/.GIT/x',
    '/etc/x',
    'models//a',
    'a\nb',
    'a\0b',
    'models/./a',
    '',
  ])('[Z1] refuses to commit to the path %j', async (path) => {
    const { repository } = await world()
    await expect(repository.commit(null, [save({ path, text: 'x' })])).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('[Z1] may be a tree that no file system could hold', async () => {
    const made = await world()
    const blob = await plainGit(made.dir, ['hash-object', '-w', join(made.dir, 'HEAD')])
    const id = Buffer.from(blob, 'hex')
    const entry = (mode: string, name: string | Buffer): Buffer =>
      Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name), Buffer.from([0]), id])
    const tree = Buffer.concat([
      entry('100644', '-rf'),
      entry('100644', '..'),
      entry('100644', '.git'),
      entry('100644', '__proto__'),
      entry('100644', Buffer.from([0x61, 0xe9, 0x62])),
      entry('100644', 'models/x.yaml'),
    ])
    const file = join(made.folder, 'tree')
    await writeFile(file, tree)
    const treeId = await plainGit(made.dir, ['hash-object', '-t', 'tree', '-w', '--literally', file])
    const commit = await plainGit(made.dir, ['commit-tree', treeId, '-m', 'Odd'], {
      GIT_AUTHOR_NAME: 'E',
      GIT_AUTHOR_EMAIL: 'e@x',
      GIT_COMMITTER_NAME: 'E',
      GIT_COMMITTER_EMAIL: 'e@x',
    })
    await plainGit(made.dir, ['update-ref', 'refs/heads/main', commit])
    const { head } = await made.repository.fetch(made.remote)
    const entries = await made.repository.listTree(head ?? '', '')
    expect(entries.map(({ path, faithful }) => [path, faithful])).toEqual([
      ['-rf', true],
      ['..', true],
      ['.git', true],
      ['__proto__', true],
      ['a\ufffdb', false],
      ['models/x.yaml', true],
    ])
  })

  it('[Z6] may be larger than is read: it is reported, not read', async () => {
    const made = await world()
    const [commit] = await made.repository.commit(null, [
      save({ path: 'small', text: 'x' }, { path: 'large', text: 'x'.repeat(2_000) }),
    ])
    const entries = await made.repository.listTree(commit?.oid ?? '', '')
    const found = new Map<string, number | null>()
    for await (const { oid, bytes } of made.repository.readBlobs(
      entries.map((each) => each.oid),
      { maxBytes: 1_000 },
    )) {
      found.set(entries.find((each) => each.oid === oid)?.path ?? '', bytes?.length ?? null)
    }
    expect(found).toEqual(
      new Map([
        ['large', null],
        ['small', 1],
      ]),
    )
    const narrow = await openRepository(made.cache, { ...DEFAULT_GIT_POLICY.limits, files: 1 })
    await expect(narrow.listTree(commit?.oid ?? '', '')).rejects.toMatchObject({ code: 'limit' })
    await expect(narrow.diffTree(null, commit?.oid ?? '', '')).rejects.toMatchObject({ code: 'limit' })
  })
})

describe('what a person types', () => {
  it.each<Partial<Remote>>([
    { url: 'ext::sh -c "touch sprung"' },
    { url: '--upload-pack=touch sprung' },
    { url: 'ssh://-oProxyCommand=touch/x' },
    { url: 'git@-oProxyCommand=touch:x' },
    { url: 'git://127.0.0.1/x' },
    { url: 'file:///etc' },
    { url: 'http://127.0.0.1/x' },
    { url: 'https://169.254.169.254/x' },
    { url: 'https://2852039166/x' },
    { url: 'https://0xa9.0376.169.254/x' },
    { url: 'https://[::ffff:169.254.169.254]/x' },
    { url: 'https://[::ffff:a9fe:a9fe]/x' },
    { url: 'ssh://git@169.254.169.254/x' },
    { url: 'git@[fe80::1]:x' },
    { branch: '--upload-pack=touch' },
    { branch: 'main:refs/heads/other' },
    { branch: 'x/../../HEAD' },
    { branch: '__proto__/x' },
  ])('[Z2] never reaches git when it is %j', async (change) => {
    const { repository, remote } = await world()
    const hostile = { ...remote, ...change }
    const refusal = { code: 'refused-by-policy', retry: 'never' }
    await expect(repository.fetch(hostile)).rejects.toMatchObject(refusal)
    await expect(repository.lsRemote(hostile)).rejects.toMatchObject(refusal)
    await expect(repository.tryPush(hostile)).rejects.toMatchObject(refusal)
  })

  it('[Z1] is no option where a commit is named', async () => {
    const { folder, repository } = await world()
    const output = join(folder, 'written')
    for (const commit of [`--output=${output}`, '--help', '-p', '--all']) {
      await expect(repository.listTree(commit, '')).rejects.toThrow()
      await expect(repository.log({ to: commit, limit: 1 })).rejects.toThrow()
      await expect(repository.diffTree(commit, commit, '')).rejects.toThrow()
      await expect(repository.mergeBase(commit, commit)).rejects.toThrow()
    }
    expect(existsSync(output)).toBe(false)
  })

  it('[Z10] cannot forge a line, a trailer or another author of a commit', async () => {
    const { repository, dir, remote } = await world()
    const eve = { name: 'Eve <root@x> 1 +0000\ncommitter Root', email: 'eve@x>\nparent 1', at: ann.at }
    const message = commitMessage(
      'Edit\n\nTandem-Run: 1',
      'Hi\n\nCo-authored-by: Root <root@x>\nTandem-Run: 2',
      [['Tandem-Run', '7\nTandem-Run: 8']],
    )
    const [commit] = await repository.commit(null, [
      {
        message,
        author: eve,
        committer: eve,
        files: [{ path: 'a', text: 'data 1\ncommit refs/heads/main\n' }],
      },
    ])
    await repository.push(remote, commit?.oid ?? '', null)
    const raw = await plainGit(dir, ['cat-file', 'commit', 'main'])
    expect(raw.split('\n').slice(1)).toEqual([
      'author Eve root@x 1 +0000 committer Root <eve@xparent1> 1772359200 +0000',
      'committer Eve root@x 1 +0000 committer Root <eve@xparent1> 1772359200 +0000',
      '',
      'Edit Tandem-Run: 1',
      '',
      'Hi',
      '',
      '> Co-authored-by: Root <root@x>',
      '> Tandem-Run: 2',
      '',
      'Tandem-Run: 7 Tandem-Run: 8',
    ])
    expect(await plainGit(dir, ['log', '-1', '--format=%(trailers)', 'main'])).toBe(
      'Tandem-Run: 7 Tandem-Run: 8\n',
    )
    await plainGit(dir, ['fsck', '--strict'])
  })
})

describe('the address of a remote', () => {
  it('[Z3] is the one that was checked: git does not look the name up again', async () => {
    const server = await startGitHttpServer({ tls: false, token: null })
    onTestFinished(() => server.stop())
    const { url } = await server.createRepository('r')
    const policy = { ...DEFAULT_GIT_POLICY, protocols: ['http'] as const }
    const remote: Remote = { url, branch: 'main', credentials: { type: 'none' }, policy }
    const config = await withRemote(remote, 'read', undefined, async (access) => access.config)
    const pin = config.find(([key]) => key === 'http.curloptResolve')?.[1] ?? ''
    expect(pin).toMatch(new RegExp(`^localhost:${server.port}:((127\\.0\\.0\\.1|::1),?)+$`))
    // A name that no server knows is reached through such a pin alone.
    const { code } = await runGit({
      gitDir: null,
      args: ['ls-remote', '--', `http://pinned.invalid:${server.port}/r.git`],
      config: [
        ['protocol.http.allow', 'always'],
        ['http.curloptResolve', pin.replace('localhost', 'pinned.invalid')],
      ],
      env: { GIT_ALLOW_PROTOCOL: 'http' },
      timeoutMs: 10_000,
    })
    expect(code).toBe(0)
  })
})

describe('secrets', () => {
  it('[Z4] of a token stay out of argument lists, errors and the cache', async () => {
    const server = await startGitHttpServer({ token: 'tok-3n-very-secret' })
    onTestFinished(() => server.stop())
    const { url } = await server.createRepository('r')
    const folder = temporaryFolder()
    const repository = await openRepository(join(folder, 'cache'))
    const remote: Remote = {
      url,
      branch: 'main',
      credentials: { type: 'token', token: 'tok-3n-very-secret' },
      policy: {
        ...DEFAULT_GIT_POLICY,
        caFile: server.caFile,
        limits: { ...DEFAULT_GIT_POLICY.limits, fetchMs: 1_500 },
      },
    }
    const [commit] = await repository.commit(null, [save({ path: 'a', text: 'a' })])
    await repository.push(remote, commit?.oid ?? '', null)
    await repository.fetch(remote)
    server.setFault({ kind: 'hang' })
    const fetching = repository.fetch(remote).catch((error: unknown) => error)
    const lines = await whileRunning('git-remote-https', `localhost:${server.port}`)
    expect(lines.filter((line) => line.includes(`localhost:${server.port}`)).length).toBeGreaterThan(0)
    const secret = /tok-3n|dG9rLTNu|very-secret|eC1hY2Nlc3MtdG9rZW46/
    expect(lines.filter((line) => secret.test(line))).toEqual([])
    expect(await fetching).toMatchObject({ code: 'timeout' })
    server.setFault({ kind: 'status', status: 401 })
    const refused = await repository
      .fetch(remote)
      .catch((error: Error) => `${error.message}${error.stack}${JSON.stringify(error)}`)
    expect(refused).not.toMatch(secret)
    expect(server.requests.some(({ authorization }) => authorization?.startsWith('Basic '))).toBe(true)
    for (const path of await readdir(folder, { recursive: true })) {
      const text = await readFile(join(folder, path), 'latin1').catch(() => '')
      expect(secret.test(text)).toBe(false)
    }
  })

  it('[Z4] of ssh lie in a private file for one operation, and go with the next start after a crash', async () => {
    const server = await startGitSshServer()
    const proxy = await startFaultProxy(server.port)
    onTestFinished(async () => {
      await proxy.stop()
      await server.stop()
    })
    proxy.setFault({ kind: 'black-hole' })
    const { dir } = await server.createRepository('r')
    const input = {
      dir: join(temporaryFolder(), 'cache'),
      url: server.urlThrough(proxy.port, dir),
      privateKey: server.privateKey,
      knownHosts: server.knownHosts,
    }
    const crashed = fetchInAnotherProcess(input)
    const mine = await eventually(async () => {
      const name = (await readdir(tmpdir())).find((each) => each.startsWith(`tandem-git-${crashed.pid}-`))
      const operation = name && (await readdir(join(tmpdir(), name))).find((each) => each.startsWith('op-'))
      const key = name && operation ? join(tmpdir(), name, operation, 'key') : null
      return key !== null && existsSync(key) ? { folder: join(tmpdir(), name ?? ''), key } : null
    })
    expect((await stat(mine.folder)).mode & 0o777).toBe(0o700)
    expect((await stat(mine.key)).mode & 0o777).toBe(0o600)
    const secret = server.privateKey.split('\n')[2] ?? 'nothing'
    const lines = await whileRunning('ssh', String(proxy.port))
    expect(lines.filter((line) => line.includes(secret))).toEqual([])
    crashed.kill('SIGKILL')
    await new Promise((resolve) => crashed.once('exit', resolve))
    expect(existsSync(mine.key)).toBe(true)
    await proxy.stop()
    const next = fetchInAnotherProcess(input)
    await new Promise((resolve) => next.once('exit', resolve))
    expect(existsSync(mine.folder)).toBe(false)
    expect((await readdir(tmpdir())).filter((name) => name.startsWith(`tandem-git-${next.pid}-`))).toEqual([])
  })
})

function fetchInAnotherProcess(input: Readonly<Record<string, string>>): ChildProcess {
  const program = `
    import { openRepository } from ${JSON.stringify(join(import.meta.dirname, '../../src/git/repository.ts'))}
    import { DEFAULT_GIT_POLICY as policy } from ${JSON.stringify(join(import.meta.dirname, '../../src/git/policy.ts'))}
    const { dir, url, privateKey, knownHosts } = JSON.parse(process.env.INPUT)
    const repository = await openRepository(dir)
    await repository.fetch({ url, branch: 'main', credentials: { type: 'ssh', privateKey, knownHosts }, policy }).catch(() => {})
  `
  return spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
    env: { ...process.env, INPUT: JSON.stringify(input) },
    stdio: 'ignore',
  })
}

/** All command lines of the machine, taken while a program of that name runs for that server. */
async function whileRunning(program: string, server: string): Promise<readonly string[]> {
  return eventually(async () => {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
    const lines = await Promise.all(
      pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
    )
    const isOurs = (line: string) =>
      line.split('\0')[0]?.split('/').at(-1) === program && line.includes(server)
    const running = lines.some(isOurs)
    return running ? lines.map((line) => line.replaceAll('\0', ' ')) : null
  })
}

async function eventually<T>(look: () => Promise<T | null>): Promise<T> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const found = await look()
    if (found !== null) return found
    await pause(10)
  }
  throw new Error('It did not happen within four seconds.')
}
