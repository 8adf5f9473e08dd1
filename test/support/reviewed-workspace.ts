import type { GitPolicy } from '../../src/git/policy.ts'
import { DEFAULT_GIT_POLICY } from '../../src/git/policy.ts'
import { listReviews } from '../../src/store/reviews.ts'
import { createEngine } from './engine.ts'
import { plainGit } from './git-bare.ts'
import { clonePerson } from './git-person.ts'
import { ALL_RIGHTS, type Service, startHostProgram } from './hosts/program.ts'
import { parent, related, relationship, source } from './resources.ts'

const TOKEN = 'a-token-with-every-right'

export const users = parent('users')
export const purchases = related('purchases')
const START = [source(), users, purchases, relationship('users', 'purchases')]

/** A workspace that is in step with a repository at a service, which speaks its interface and holds real git. */
export type Reviewed = Awaited<ReturnType<typeof createReviewed>>

export async function createReviewed(service: Service, mode: 'direct' | 'review') {
  const program = await startHostProgram(service)
  program.tokens.set(TOKEN, new Set(ALL_RIGHTS))
  const policy: GitPolicy = { ...DEFAULT_GIT_POLICY, ...program.policy }
  const engine = await createEngine('staging', policy)
  const host = { type: service.type, apiUrl: program.apiUrl }
  const connect = (wanted: 'direct' | 'review') =>
    engine.connect({ url: program.url, mode: wanted, host }, { type: 'token', token: TOKEN })
  await engine.saved({ writes: START })
  await connect('direct')
  await engine.sync()
  await connect(mode)
  const { dir } = program.state.repo
  let people = 0
  return {
    engine,
    program,
    clone: () => {
      people += 1
      const env = program.gitAccess(TOKEN)
      return clonePerson({ url: program.url, dir: `${engine.dir}/person-${people}`, env })
    },
    branches: async () => (await plainGit(dir, ['branch', '--format=%(refname:short)'])).split('\n'),
    /** What a branch has that the synced one, or an earlier commit, has not, the newest first. */
    ahead: async (branch: string, format = '%s | %an', from = 'main') => {
      const text = await plainGit(dir, ['log', `--format=${format}`, `${from}..${branch}`])
      return text === '' ? [] : text.split('\n')
    },
    head: (branch = 'main') => plainGit(dir, ['rev-parse', branch]),
    pulls: () =>
      program.state.pulls.all.map(({ number, state, title, from }) => ({
        number,
        state,
        title,
        from: from.branch,
      })),
    reviews: async () =>
      (await listReviews(engine.db, engine.workspace.id, 10)).map(({ person, state, url }) => ({
        person: person.name,
        ...state,
        url,
      })),
    close: async () => {
      await engine.close()
      await program.stop()
    },
  }
}
