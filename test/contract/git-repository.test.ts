import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CommitFile, CommitInput } from '../../src/git/commit.ts'
import { commitMessage } from '../../src/git/commit-message.ts'
import { openRepository, type Repository } from '../../src/git/repository.ts'
import { headOf, plainGit, refusePushes } from '../support/git-bare.ts'
import { clonePerson, type GitPerson } from '../support/git-person.ts'
import { type GitRemotes, REMOTE_KINDS, startGitRemotes, type TestRemote } from '../support/git-remotes.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ann = { name: 'Ann Lee', email: 'ann@example.com', at: new Date('2026-03-01T10:00:00Z') }
const tandem = { name: 'Tandem', email: 'tandem@example.com', at: new Date('2026-03-01T10:00:05Z') }

function change(subject: string, ...files: readonly CommitFile[]): CommitInput {
  return {
    message: commitMessage(subject, null, [['Tandem-Run', '7']]),
    author: ann,
    committer: tandem,
    files,
  }
}

describe.each(REMOTE_KINDS)('a repository over %s', (kind) => {
  let remotes: GitRemotes
  let count = 0
  beforeAll(async () => {
    remotes = await startGitRemotes(kind)
  })
  afterAll(() => remotes.stop())

  type World = { remote: TestRemote; repository: Repository; cache: string; person(): Promise<GitPerson> }

  async function world(): Promise<World> {
    count += 1
    const remote = await remotes.create(`r${count}`)
    const folder = temporaryFolder()
    const cache = join(folder, 'cache')
    return {
      remote,
      cache,
      repository: await openRepository(cache),
      person: () => clonePerson({ url: remote.dir, dir: join(folder, 'clone') }),
    }
  }

  /** A world whose branch holds one commit of ours with one file. */
  async function begun(): Promise<World & { first: string }> {
    const made = await world()
    const [commit] = await made.repository.commit(null, [
      change('Begin', { path: 'models/a.yaml', text: 'name: A\n' }),
    ])
    const first = commit?.oid ?? ''
    expect(await made.repository.push(made.remote, first, null)).toEqual({ kind: 'pushed' })
    return { ...made, first }
  }

  it('[S11] begins in an empty repository with its first commit', async () => {
    const { remote, repository } = await world()
    expect(await repository.fetch(remote)).toEqual({ head: null, tip: null })
    expect(await repository.remoteHead(remote)).toBeNull()
    expect((await repository.lsRemote(remote)).branches).toEqual(new Map())
    const [commit] = await repository.commit(null, [
      change('Begin', { path: 'models/a.yaml', text: 'name: A\n' }),
    ])
    const oid = commit?.oid ?? ''
    expect(await repository.push(remote, oid, null)).toEqual({ kind: 'pushed' })
    expect(await repository.verify(remote, oid)).toEqual({ kind: 'there', head: oid })
    expect(await repository.lsRemote(remote)).toEqual({
      branches: new Map([['main', oid]]),
      defaultBranch: 'main',
    })
    expect(await repository.fetch(remote)).toMatchObject({ head: oid })
  })

  it('[S7] pushes several saves as a commit each, in order, with their author', async () => {
    const { remote, repository, person, first } = await begun()
    const commits = await repository.commit(first, [
      change('Add B', { path: 'models/b.yaml', text: 'name: Bé\n' }),
      change(
        'Move A, drop B',
        { path: 'models/web/a.yaml', from: 'models/a.yaml' },
        { path: 'models/b.yaml', delete: true },
      ),
    ])
    const last = commits.at(-1)?.oid ?? ''
    expect(await repository.push(remote, last, first)).toEqual({ kind: 'pushed' })
    const reader = await person()
    expect(await reader.log('%H|%an <%ae> %at|%cn|%s|%(trailers:only,unfold)')).toEqual([
      `${last}|Ann Lee <ann@example.com> 1772359200|Tandem|Move A, drop B|Tandem-Run: 7`,
      '',
      `${commits[0]?.oid}|Ann Lee <ann@example.com> 1772359200|Tandem|Add B|Tandem-Run: 7`,
      '',
      `${first}|Ann Lee <ann@example.com> 1772359200|Tandem|Begin|Tandem-Run: 7`,
      '',
    ])
    expect(await reader.git('show', '--name-status', '--no-renames', '--format=', last)).toBe(
      'D\tmodels/a.yaml\nD\tmodels/b.yaml\nA\tmodels/web/a.yaml',
    )
    expect(commits.map(({ blobs }) => blobs)).toEqual([
      new Map([['models/b.yaml', await blobId(remote, commits[0]?.oid, 'models/b.yaml')]]),
      new Map([['models/web/a.yaml', await blobId(remote, last, 'models/web/a.yaml')]]),
    ])
  })

  it('[S13] reads what a person pushed: the changed files and nothing else', async () => {
    const { remote, repository, person, first } = await begun()
    const pat = await person()
    await pat.write('models/a.yaml', 'name: A2\n')
    await pat.write('models/é "x".yaml', 'name: E\n')
    await pat.write('README.md', '# hello\n')
    await pat.commit('By hand')
    await pat.push()
    const { head } = await repository.fetch(remote)
    expect(head).toBe(await headOf(remote.dir))
    const changes = await repository.diffTree(first, head ?? '', 'models')
    expect(changes).toEqual([
      {
        path: 'a.yaml',
        status: 'M',
        mode: '100644',
        oid: await blobId(remote, head, 'models/a.yaml'),
        faithful: true,
      },
      {
        path: 'é "x".yaml',
        status: 'A',
        mode: '100644',
        oid: await blobId(remote, head, 'models/é "x".yaml'),
        faithful: true,
      },
    ])
    const texts = new Map<string, string>()
    for await (const { oid, bytes } of repository.readBlobs(
      changes.map(({ oid }) => oid),
      { maxBytes: 100 },
    )) {
      texts.set(oid, new TextDecoder().decode(bytes ?? undefined))
    }
    expect(changes.map(({ oid }) => texts.get(oid))).toEqual(['name: A2\n', 'name: E\n'])
    expect(
      (await repository.log({ to: head ?? '', from: first, limit: 10 })).map(({ subject, author }) => [
        subject,
        author.name,
      ]),
    ).toEqual([['By hand', 'Pat Person']])
  })

  it('[S10] loses a race without harm', async () => {
    const { remote, repository, person, first } = await begun()
    const pat = await person()
    await pat.write('models/b.yaml', 'name: B\n')
    const theirs = await pat.commit('Faster')
    await pat.push()
    const [ours] = await repository.commit(first, [change('Slower', { path: 'models/c.yaml', text: 'c\n' })])
    expect(await repository.push(remote, ours?.oid ?? '', first)).toMatchObject({ kind: 'rejected-race' })
    expect(await repository.verify(remote, ours?.oid ?? '')).toEqual({ kind: 'absent', head: theirs })
    expect(await headOf(remote.dir)).toBe(theirs)
  })

  it('[S10] takes a branch that was set back for a lost race, and does not bring back what was dropped', async () => {
    const { remote, repository, person, first } = await begun()
    const [second] = await repository.commit(first, [
      change('Second', { path: 'models/b.yaml', text: 'b\n' }),
    ])
    expect(await repository.push(remote, second?.oid ?? '', first)).toEqual({ kind: 'pushed' })
    const pat = await person()
    await pat.git('reset', '--quiet', '--hard', first)
    await pat.push('--force')
    const [third] = await repository.commit(second?.oid ?? '', [
      change('Third', { path: 'models/c.yaml', text: 'c\n' }),
    ])
    expect(await repository.push(remote, third?.oid ?? '', second?.oid ?? '')).toMatchObject({
      kind: 'rejected-race',
    })
    expect(await headOf(remote.dir)).toBe(first)
  })

  it('[S9] refuses to push what would drop commits, without asking the remote', async () => {
    const { remote, repository, first } = await begun()
    const [other] = await repository.commit(null, [change('Unrelated', { path: 'x', text: 'x' })])
    await expect(repository.push(remote, other?.oid ?? '', first)).rejects.toMatchObject({ code: 'invalid' })
    expect(await repository.push(remote, other?.oid ?? '', null)).toMatchObject({ kind: 'rejected-race' })
    expect(await headOf(remote.dir)).toBe(first)
  })

  it("[S10] gives the server's own words when it refuses", async () => {
    const { remote, repository, first } = await begun()
    await refusePushes(remote.dir, 'The branch is protected.\nAsk \u001b[31mOps\u001b[0m.')
    const [commit] = await repository.commit(first, [change('No', { path: 'models/b.yaml', text: 'b\n' })])
    expect(await repository.push(remote, commit?.oid ?? '', first)).toEqual({
      kind: 'rejected',
      reason: 'pre-receive hook declined\nThe branch is protected.\nAsk Ops.',
    })
    expect(await headOf(remote.dir)).toBe(first)
  })

  it('[S10] counts a push that somebody built upon', async () => {
    const { remote, repository, person, first } = await begun()
    const pat = await person()
    await pat.write('models/b.yaml', 'name: B\n')
    const theirs = await pat.commit('On top')
    await pat.push()
    expect(await repository.verify(remote, first)).toEqual({ kind: 'there', head: theirs })
    expect(await repository.verify(remote, '1'.repeat(40))).toEqual({ kind: 'absent', head: theirs })
  })

  it('[S27] tells whether the credentials may write, and writes nothing', async () => {
    const { remote, repository, first } = await begun()
    await repository.tryPush(remote)
    expect(await repository.lsRemote(remote)).toEqual({
      branches: new Map([['main', first]]),
      defaultBranch: 'main',
    })
  })

  it('[S11] creates a missing branch from another one', async () => {
    const { remote, repository, first } = await begun()
    const branch = { ...remote, branch: 'team/schema' }
    expect(await repository.fetch(branch)).toEqual({ head: null, tip: null })
    expect(await repository.push(branch, first, null)).toEqual({ kind: 'pushed' })
    expect(await repository.fetch(branch)).toMatchObject({ head: first })
  })

  it('[S16] fetches a rewritten history and knows where it parted', async () => {
    const { remote, repository, person, first } = await begun()
    const [second] = await repository.commit(first, [
      change('Second', { path: 'models/b.yaml', text: 'b\n' }),
    ])
    await repository.push(remote, second?.oid ?? '', first)
    await repository.fetch(remote)
    const pat = await person()
    await pat.git('reset', '--quiet', '--hard', first)
    await pat.write('models/c.yaml', 'c\n')
    const rewritten = await pat.commit('Instead')
    await pat.push('--force')
    const author = { name: 'Pat Person', email: 'pat@example.com' }
    expect(await repository.fetch(remote)).toEqual({
      head: rewritten,
      tip: { oid: rewritten, parents: [first], author },
    })
    expect(await repository.isAncestor(second?.oid ?? '', rewritten)).toBe(false)
    expect(await repository.mergeBase(second?.oid ?? '', rewritten)).toBe(first)
  })

  it('[S26] works on when the cache is deleted', async () => {
    const { remote, repository, cache, first } = await begun()
    await rm(cache, { recursive: true })
    await expect(repository.listTree(first, '')).rejects.toMatchObject({ code: 'cache', retry: 'now' })
    expect(await repository.fetch(remote)).toMatchObject({ head: first })
    expect((await repository.listTree(first, '')).map(({ path }) => path)).toEqual(['models/a.yaml'])
  })
})

function blobId(remote: TestRemote, commit: string | null | undefined, path: string): Promise<string> {
  return plainGit(remote.dir, ['rev-parse', `${commit}:${path}`])
}
