import { join } from 'node:path'
import { plainGit } from '../test/support/git-bare.ts'
import { clonePerson } from '../test/support/git-person.ts'
import { giteaService } from '../test/support/hosts/gitea/program.ts'
import { ALL_RIGHTS, type HostProgram, startHostProgram } from '../test/support/hosts/program.ts'
import type { Bench, Claim } from './bench.ts'
import { connectTo, syncAndWait } from './connect.ts'
import { type Figure, ratio, seconds, timePairs } from './figure.ts'
import { switchHousekeepingOff } from './remotes.ts'
import { edit, rename } from './styled.ts'
import { startWebhook, until } from './webhook.ts'

const PAIRS = 5
const AT_MOST = 10
const WITHIN_SECONDS = 5
const PART = 10
const TOKEN = 'a-token-of-the-bench'

export const pullPlan: Claim = {
  id: 'B12',
  title:
    'the comment on a pull request that changes 1,000 of 10,000 files, from the webhook, against git fetch, merge-tree and diff',
  measure: async (bench) => {
    const program = await startHostProgram(giteaService())
    try {
      return [await measure(bench, program)]
    } finally {
      await program.stop()
    }
  },
}

async function measure(bench: Bench, program: HostProgram): Promise<Figure> {
  program.tokens.set(TOKEN, new Set(ALL_RIGHTS))
  const { repo, pulls, comments } = program.state
  await switchHousekeepingOff(repo.dir)
  await connectTo(
    bench,
    { dir: repo.dir, url: program.url, credentials: { type: 'token', token: TOKEN }, gitOptions: [] },
    { type: 'gitea', apiUrl: program.apiUrl },
  )
  await syncAndWait(bench)
  const deliver = await startWebhook(bench)
  const person = await clonePerson({ url: repo.dir, dir: join(bench.folder, 'b12-person') })
  const reader = await clonePerson({ url: repo.dir, dir: join(bench.folder, 'b12-reader') })
  await person.git('checkout', '--quiet', '-b', 'change')
  let pushed = -1
  let oid = ''
  let number = 0
  /** Not timed: whichever comes first in a round. */
  const push = async (round: number) => {
    if (pushed === round) return
    pushed = round
    for (const [i, { path }] of bench.resources.entries()) {
      if (i % PART === 0) await edit(person, path, (text) => rename(text, `Changed ${round}`))
    }
    oid = await person.commit(`Round ${round}`)
    await person.git('push', '--quiet', 'origin', 'change')
    const from = { repo, branch: 'change' }
    const opened =
      number > 0 ? null : await pulls.open({ title: 'Change', body: '', author: 'pat', from, into: 'main' })
    number = opened?.number ?? number
    await pulls.refresh()
  }
  const isTold = async (): Promise<boolean> =>
    comments.some((one) => one.number === number && one.body.includes(oid.slice(0, 7)))
  const pairs = await timePairs(
    bench.pairs(PAIRS),
    async (round) => {
      await push(round)
      return seconds(async () => {
        await deliver()
        await until(isTold)
      })
    },
    async (round) => {
      await push(round)
      return seconds(async () => {
        await plainGit(reader.dir, ['fetch', '--quiet', 'origin', `refs/pull/${number}/head`])
        const tree = await plainGit(reader.dir, ['merge-tree', '--write-tree', 'origin/main', 'FETCH_HEAD'])
        await plainGit(reader.dir, ['diff', '--no-renames', 'origin/main', tree])
      })
    },
  )
  return { ...ratio('B12', pairs, AT_MOST), withinSeconds: WITHIN_SECONDS }
}
