import { expect, it } from 'vitest'
import { listConflicts } from '../../src/store/conflicts.ts'
import { askToClose, listReviews } from '../../src/store/reviews.ts'
import { githubService } from '../support/hosts/github/program.ts'
import { edited } from '../support/resources.ts'
import { createReviewed, users } from '../support/reviewed-workspace.ts'
import { spawnWorker } from '../support/worker-process.ts'
import { ask, heal, killedOrDone } from './worker-rounds.ts'

const ANNS = 'tandem/staging/ann-lee'
const SAVING = ['review-recorded', 'review-pushed', 'review-advanced', 'review-opened']

it('[S21][S26] kill -9 at any step of a review, then a restart: each save once, one pull request, nothing lost', async () => {
  const reviewed = await createReviewed(githubService(), 'review')
  const { engine, program } = reviewed
  const killed = async (failpoint: string, act: () => Promise<unknown>) => {
    const worker = await spawnWorker(engine.context, failpoint)
    await act()
    expect([failpoint, await killedOrDone(engine, worker)]).toEqual([failpoint, true])
    await heal(engine)
  }
  const save = (message: string) =>
    engine.saved({ message, writes: [edited(users, { description: message })] })
  const saves = async (branch: string) =>
    (await reviewed.ahead(branch, '%b')).filter((line) => line.startsWith('save ')).sort()
  try {
    for (const [i, failpoint] of SAVING.entries()) {
      await killed(failpoint, () => save(`save ${i}`))
      expect([failpoint, await saves(ANNS), reviewed.pulls().map(({ state }) => state)]).toEqual([
        failpoint,
        SAVING.slice(0, i + 1).map((_, n) => `save ${n}`),
        ['open'],
      ])
    }
    const [pull] = program.state.pulls.all
    if (pull) await program.merge(pull, 'squash')
    await killed('review-ended', () => ask(engine))
    expect([
      (await engine.sync({ full: true, verify: true })).state,
      await listConflicts(engine.db, engine.workspace.id),
      (await reviewed.reviews()).map(({ kind }) => kind),
    ]).toEqual(['nothing-to-do', [], ['merged']])

    await killed('after-write', () => save('save 9'))
    expect([await saves(`${ANNS}-2`), reviewed.pulls().at(-1)?.state]).toEqual([['save 9'], 'open'])
    const [open] = await listReviews(engine.db, engine.workspace.id, 1)
    await killed('review-closed', async () => {
      await askToClose(engine.db, open?.id ?? '')
      await ask(engine)
    })
    expect([
      reviewed.pulls().map(({ state }) => state),
      (await listConflicts(engine.db, engine.workspace.id)).map(({ slug, ours }) => [
        slug,
        ours?.description,
      ]),
    ]).toEqual([['merged', 'closed'], [['users', 'save 9']]])
    expect(program.problems).toEqual([])
  } finally {
    await reviewed.close()
  }
}, 600_000)
