import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { azureDevopsHost } from '../../src/git/hosts/azure-devops/azure-devops.ts'
import { bitbucketHost } from '../../src/git/hosts/bitbucket/bitbucket.ts'
import { giteaHost } from '../../src/git/hosts/gitea/gitea.ts'
import { githubHost } from '../../src/git/hosts/github/github.ts'
import { gitlabHost } from '../../src/git/hosts/gitlab/gitlab.ts'
import type { CheckReport, Host } from '../../src/git/hosts/host.ts'
import type { HostError } from '../../src/git/hosts/host-error.ts'
import { pinnedFetch } from '../../src/git/hosts/pinned-fetch.ts'
import { isGenuine } from '../../src/server/webhooks/is-genuine.ts'
import { clonePerson, type GitPerson } from '../support/git-person.ts'
import { azureDevopsService } from '../support/hosts/azure-devops/program.ts'
import { bitbucketService } from '../support/hosts/bitbucket/program.ts'
import { giteaService } from '../support/hosts/gitea/program.ts'
import { APP, APP_KEY, githubService } from '../support/hosts/github/program.ts'
import { gitlabService } from '../support/hosts/gitlab/program.ts'
import {
  ALL_RIGHTS,
  type HostProgram,
  REPOSITORY,
  type Right,
  startHostProgram,
} from '../support/hosts/program.ts'
import { MERGE_METHODS } from '../support/hosts/pulls.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const TOKEN = 'a-token-with-every-right'

type Case = {
  readonly name: string
  /** What does not depend on how one is signed in is shown once for a service. */
  readonly isFirst: boolean
  readonly program: () => Promise<HostProgram>
  /** Signed in with these rights. */
  readonly open: (program: HostProgram, rights: readonly Right[]) => Host
  /** How the marker of a comment stays invisible; left out: as it is, a comment of HTML. */
  readonly firstLine?: string
  /** What the rights are called at this service, in the order of `ALL_RIGHTS`. */
  readonly names: Readonly<Record<Right, string>>
}

function withToken(program: HostProgram, rights: readonly Right[]) {
  const token = rights === ALL_RIGHTS ? TOKEN : `a-token-for-${rights.join('-and-')}`
  program.tokens.set(token, new Set(rights))
  const { apiUrl, policy } = program
  return { apiUrl, policy, repository: REPOSITORY, token }
}

const CASES: readonly Case[] = [
  {
    name: 'GitHub by token',
    isFirst: true,
    program: () => startHostProgram(githubService()),
    open: (program, rights) => githubHost(withToken(program, rights)),
    names: {
      files: 'Contents: Read and write',
      'pull-requests': 'Pull requests: Read and write',
      checks: 'Commit statuses: Read and write',
      webhooks: 'Webhooks: Read and write',
    },
  },
  {
    name: 'GitHub as an App',
    isFirst: false,
    program: () => startHostProgram(githubService()),
    open: (program, rights) => {
      program.tokens.set(githubService().installationToken, new Set(rights))
      const { apiUrl, policy } = program
      return githubHost({ apiUrl, policy, repository: REPOSITORY, app: { ...APP, privateKey: APP_KEY } })
    },
    names: {
      files: 'Contents: Read and write',
      'pull-requests': 'Pull requests: Read and write',
      checks: 'Checks: Read and write',
      webhooks: 'Webhooks: Read and write',
    },
  },
  {
    name: 'Gitea',
    isFirst: true,
    program: () => startHostProgram(giteaService()),
    open: (program, rights) => giteaHost(withToken(program, rights)),
    names: {
      files: 'write:repository',
      'pull-requests': 'write:repository and write:issue',
      checks: 'write:repository',
      webhooks: 'write:repository',
    },
  },
  {
    name: 'GitLab',
    isFirst: true,
    program: () => startHostProgram(gitlabService()),
    open: (program, rights) => gitlabHost(withToken(program, rights)),
    names: {
      files: 'write_repository, with the role Developer',
      'pull-requests': 'api, with the role Developer',
      checks: 'api, with the role Developer',
      webhooks: 'api, with the role Maintainer',
    },
  },
  {
    name: 'Bitbucket',
    isFirst: true,
    program: () => startHostProgram(bitbucketService()),
    open: (program, rights) => bitbucketHost(withToken(program, rights)),
    firstLine: '[//]: # (tandem:staging)\n',
    names: {
      files: 'Repositories: Write',
      'pull-requests': 'Pull requests: Write',
      checks: 'Repositories: Write',
      webhooks: 'Webhooks: Read and write',
    },
  },
  {
    name: 'Azure DevOps',
    isFirst: true,
    program: () => startHostProgram(azureDevopsService()),
    open: (program, rights) => azureDevopsHost(withToken(program, rights)),
    names: {
      files: 'Code: Read & write',
      'pull-requests': 'Code: Read & write',
      checks: 'Code (status): Read & write',
      webhooks: 'Service Hooks: Read & write',
    },
  },
]

describe.each(CASES)('the host $name', ({ program: start, isFirst, open, names, ...given }) => {
  const { firstLine = '<!-- tandem:staging -->' } = given
  let program: HostProgram
  let host: Host
  let person: GitPerson
  beforeAll(async () => {
    program = await start()
    host = open(program, ALL_RIGHTS)
    program.tokens.set(TOKEN, new Set(ALL_RIGHTS))
    const env = program.gitAccess(TOKEN)
    person = await clonePerson({ url: program.url, dir: join(program.state.repo.dir, '../clone'), env })
    await person.write('README.md', 'Hello\n')
    await person.commit('Begin')
    await person.push()
  })
  afterAll(async () => {
    await program.stop()
    expect(program.problems).toEqual([])
  })

  async function pushed(branch: string, file = branch): Promise<string> {
    await person.git('checkout', '--quiet', '-B', branch, 'origin/main')
    await person.write(`${file}.md`, branch)
    const oid = await person.commit(`Write ${branch}`)
    await person.git('push', '--quiet', '--force', 'origin', branch)
    return oid
  }

  const opened = async (branch: string) =>
    host.openPullRequest({ from: branch, into: 'main', title: `Take ${branch}`, body: 'Please.' })

  it('[S21] opens a pull request, changes it, lists it and closes it', async () => {
    const oid = await pushed('one')
    const first = await opened('one')
    expect(first).toEqual({
      number: first.number,
      url: expect.stringContaining(`/${first.number}`),
      title: 'Take one',
      author: 'tandem-test',
      state: 'open',
      head: { branch: 'one', oid, isFork: false, ref: expect.any(String) },
      into: 'main',
      mergeCommit: null,
    })
    const later: number[] = []
    for (const branch of ['two', 'three']) {
      await pushed(branch)
      later.push((await opened(branch)).number)
    }
    await host.updatePullRequest(first.number, { title: 'Another title', body: 'And text.' })
    const numbers = (await host.listPullRequests('main')).map(({ number }) => number)
    expect(numbers).toEqual([...later.toReversed(), first.number])
    expect(await host.listPullRequests('elsewhere')).toEqual([])
    for (const number of [first.number, ...later]) await host.closePullRequest(number)
    expect(await host.readPullRequest(first.number)).toEqual({
      ...first,
      title: 'Another title',
      state: 'closed',
    })
    expect(await host.listPullRequests('main')).toEqual([])
  })

  if (isFirst) {
    it.each(MERGE_METHODS)('[S21] names the commit that a merge by %s made', async (method) => {
      await pushed(`by-${method}`)
      const { number } = await opened(`by-${method}`)
      const pull = program.state.pulls.find(number)
      if (!pull) throw new Error('it was just opened')
      await program.merge(pull, method)
      await person.git('fetch', '--quiet', 'origin')
      expect(await host.readPullRequest(number)).toMatchObject({
        state: 'merged',
        mergeCommit: await person.git('rev-parse', 'origin/main'),
      })
    })

    it('[Z11] tells that the commits of a pull request come from a fork', async () => {
      const repo = await program.fork('someone/schema')
      const clone = await clonePerson({ url: repo.dir, dir: join(temporaryFolder(), 'fork') })
      await clone.write('fork.md', 'mine')
      await clone.commit('Mine')
      await clone.push()
      const from = { repo, branch: 'main' }
      const pull = await program.state.pulls.open({
        title: 'Mine',
        body: '',
        author: 'someone',
        from,
        into: 'main',
      })
      const read = await host.readPullRequest(pull?.number ?? 0)
      expect(read).toMatchObject({ author: 'someone', head: { branch: 'main', isFork: true } })
      await host.closePullRequest(read.number)
    })

    it('[S21] tells a protected branch, which refuses a push in its own words', async () => {
      await pushed('guarded')
      expect(await Promise.all([host.isProtected('guarded'), host.isProtected('main')])).toEqual([
        false,
        false,
      ])
      await program.protect('guarded')
      expect(await host.isProtected('guarded')).toBe(true)
      await person.write('more.md', 'more')
      await person.commit('More')
      const words = program.service.refusal('refs/heads/guarded').split('\n').at(-1)
      await expect(person.git('push', 'origin', 'guarded')).rejects.toThrow(words)
    })
  }

  it('[S22] keeps one check of a name and one comment of a marker, however often they are said', async () => {
    const oid = await pushed('checked')
    const { number } = await opened('checked')
    const report: CheckReport = {
      name: 'tandem/staging',
      oid,
      pullRequest: number,
      state: 'running',
      title: 'Planning',
      summary: 'Soon.',
      url: 'https://tandem.example.com/staging',
      annotations: [],
    }
    const annotation = { file: 'checked.md', line: 3, severity: 'error' as const, message: 'Not so.' }
    for (const _ of ['said', 'said again']) await host.reportCheck(report)
    const annotations = Array.from({ length: 120 }, () => annotation)
    await host.reportCheck({ ...report, state: 'failed', title: 'One error', annotations })
    await host.reportCheck({ ...report, name: 'tandem/production', state: 'passed', url: null })
    const shown = program.state.checks.map(({ name, state, title }) => ({ name, state, title }))
    expect(shown).toEqual([
      { name: 'tandem/staging', state: 'failure', title: 'One error' },
      { name: 'tandem/production', state: 'success', title: 'Planning' },
    ])
    const bodies = () => program.state.comments.filter((one) => one.number === number).map(({ body }) => body)
    for (const text of ['a person', 'another', 'a third']) {
      program.state.comments.push({ id: program.state.nextId(), number, body: text })
    }
    for (const text of ['first', 'second']) await host.keepComment(number, '<!-- tandem:staging -->', text)
    expect(bodies()).toEqual(['a person', 'another', 'a third', `${firstLine}\nsecond`])
  })

  it('[S13] [Z5] registers its webhook once, renews it, and what is delivered is genuine', async () => {
    const deliveries: { headers: IncomingHttpHeaders; body: Buffer }[] = []
    const receiver = createServer((request, response) => {
      buffer(request).then((body) => {
        deliveries.push({ headers: request.headers, body })
        response.writeHead(202).end()
      })
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    // A listening TCP server has such an address.
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/api/v1/webhooks/x`
    try {
      for (const other of ['a', 'b', 'c']) {
        program.state.hooks.push({
          id: program.state.nextId(),
          url: `${url}/${other}`,
          secret: 'x',
          events: [],
        })
      }
      for (const secret of ['an old secret', 'whsec_bmV3']) await host.keepWebhook({ url, secret })
      const ours = program.state.hooks.filter((hook) => hook.url === url)
      expect(ours).toEqual([
        {
          id: expect.any(Number),
          url,
          secret: 'whsec_bmV3',
          events: expect.arrayContaining(['push', 'pull_request']),
        },
      ])
      program.state.hooks.splice(0, program.state.hooks.length, ...ours)
      await pushed('hooked')
      await opened('hooked')
      await expect.poll(() => deliveries.length, { timeout: 10_000 }).toBe(2)
      for (const { headers, body } of deliveries) {
        // Node gives several values of one header as a list; none of these has several.
        const delivery = { headers: new Headers(headers as Record<string, string>), body }
        expect([isGenuine(delivery, 'whsec_bmV3'), isGenuine(delivery, 'an old secret')]).toEqual([
          true,
          false,
        ])
      }
    } finally {
      program.state.hooks.length = 0
      receiver.closeAllConnections()
      receiver.close()
    }
  })

  it('[S22] [Z4] names each right that is missing, as it is called where it is given, and no secret', async () => {
    const oid = await pushed('lacking')
    const { number } = await opened('lacking')
    const report = {
      name: 'x',
      oid,
      pullRequest: number,
      state: 'passed',
      title: '',
      summary: '',
      url: null,
    } as const
    const uses: Record<Exclude<Right, 'files'>, (host: Host) => Promise<unknown>> = {
      'pull-requests': (one) => one.keepComment(number, '<!-- x -->', 'text'),
      checks: (one) => one.reportCheck({ ...report, annotations: [] }),
      webhooks: (one) =>
        one.keepWebhook({ url: 'https://tandem.example.com/hook', secret: 'a secret of ours' }),
    }
    for (const [right, use] of Object.entries(uses) as [Exclude<Right, 'files'>, (typeof uses)['checks']][]) {
      const lacking = open(
        program,
        ALL_RIGHTS.filter((one) => one !== right),
      )
      const error = await use(lacking).then(
        () => null,
        (thrown: HostError) => thrown,
      )
      expect([error?.name, error?.code]).toEqual(['HostError', 'missing-right'])
      expect(error?.message).toContain(`“${names[right]}”`)
      expect(error?.message).not.toMatch(/a-token-|ghs_|a secret of ours|PRIVATE KEY/)
    }
    host = open(program, ALL_RIGHTS)
    expect((await host.rights()).map(({ right, granted }) => [right, granted !== false])).toEqual([
      ['read-files', true],
      ['write-files', true],
      ['pull-requests', true],
      ['checks', true],
      ['webhooks', true],
    ])
  })

  it('[S21] says in words what the service will not do, and what is not there', async () => {
    const missing = await host.readPullRequest(9999).catch((error: HostError) => [error.code, error.message])
    expect(missing).toEqual(['not-found', expect.stringMatching(/shows no (pull|merge) request 9999/)])
    await pushed('twice')
    await opened('twice')
    const again = await opened('twice').catch((error: HostError) => [error.code, error.message])
    expect(again).toEqual(['refused', expect.stringMatching(/already exists/)])
  })
})

describe('a request to a host', () => {
  let program: HostProgram
  beforeAll(async () => {
    program = await startHostProgram(githubService())
  })
  afterAll(() => program.stop())

  const ask = (policy: Partial<HostProgram['policy']>, url = `${program.apiUrl}/repos/${REPOSITORY}`) =>
    pinnedFetch(program.apiUrl, { ...program.policy, ...policy })(url).then(
      ({ status }) => status,
      (error: HostError) => error.code,
    )

  it('[Z3] goes only where the policy for Git allows, to a server whose certificate is trusted', async () => {
    expect(await ask({})).toBe(401)
    expect(await ask({ hosts: { allow: ['git.example.com'], deny: [] } })).toBe('refused-by-policy')
    expect(await ask({ addresses: { allow: [], deny: ['127.0.0.0/8', '::1'] } })).toBe('refused-by-policy')
    expect(await ask({ protocols: ['ssh'] })).toBe('refused-by-policy')
    expect(await ask({ caFile: null })).toBe('unreachable')
    expect(await ask({}, 'https://elsewhere.example.com/repos')).toBe('refused-by-policy')
  })

  it('[Z3] follows no redirect to another server', async () => {
    const server = createServer((request, response) => {
      const location = request.url === '/moved' ? '/here' : 'http://169.254.169.254/latest'
      if (request.url === '/here') response.end('found')
      else response.writeHead(302, { location }).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A listening TCP server has such an address.
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const go = pinnedFetch(origin, { ...program.policy, protocols: ['http'] })
    try {
      expect(await (await go(`${origin}/moved`)).text()).toBe('found')
      await expect(go(`${origin}/away`)).rejects.toMatchObject({ code: 'refused-by-policy' })
    } finally {
      server.close()
    }
  })

  it('[Z4] says what is wrong with an App and its key, without the key', async () => {
    const open = (app: object) =>
      githubHost({
        apiUrl: program.apiUrl,
        policy: program.policy,
        repository: REPOSITORY,
        app: { ...APP, privateKey: APP_KEY, ...app },
      }).listPullRequests('main')
    const errors = await Promise.all(
      [{ installationId: '1' }, { privateKey: 'no key' }].map((app) =>
        open(app).catch((error: HostError) => [error.code, error.message] as const),
      ),
    )
    expect(errors).toEqual([
      ['not-found', expect.stringContaining('App 4711 has no installation 1')],
      ['auth', expect.stringContaining('The private key of App 4711 cannot be used')],
    ])
  })
})
