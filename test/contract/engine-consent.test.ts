import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Plan } from '../../src/core/plan/plan.ts'
import { approveRun } from '../../src/store/approve-run.ts'
import { gitStates } from '../../src/store/git-states.ts'
import { gitStatus } from '../../src/store/git-status.ts'
import { getRun, type Run } from '../../src/store/runs.ts'
import { ANN, createEngine, type Engine } from '../support/engine.ts'
import { plainGit } from '../support/git-bare.ts'
import type { GitPerson } from '../support/git-person.ts'
import { edited, related, source } from '../support/resources.ts'

let engine: Engine
let person: GitPerson
const models = Array.from({ length: 12 }, (_, i) => related(`m-${i}`))
const [first, second] = models as [(typeof models)[0], (typeof models)[0]]
const fileOf = (i: number) => `schema/related-models/m-${i}.yaml`

beforeEach(async () => {
  engine = await createEngine()
  await engine.saved({ writes: [source(), ...models] })
  await engine.connect({ url: engine.url })
  await engine.sync()
  person = await engine.clone()
})
afterEach(() => engine.close())

async function push(message: string): Promise<string> {
  const commit = await person.commit(message)
  await person.push()
  return commit
}

async function describeFile(i: number, description: string): Promise<void> {
  await person.write(fileOf(i), `${await person.read(fileOf(i))}description: ${description}\n`)
}

async function removeFiles(from: number, to: number): Promise<void> {
  for (let i = from; i < to; i++) await person.remove(fileOf(i))
}

function heldIn(run: Run): Plan['held'] {
  // Written by the run from a Plan.
  return (run.plan as unknown as Plan).held
}

function summary(run: Run) {
  return [run.state, heldIn(run).map(({ direction, reason, changes }) => [direction, reason, changes.length])]
}

async function approve(run: Run, dropped?: 'send' | 'give-up'): Promise<Run> {
  const digest = heldIn(run)[0]?.digest ?? ''
  const outcome = await approveRun(engine.db, engine.workspace.id, run.id, { digest, dropped, actor: ANN })
  if (outcome.kind !== 'approved') throw new Error(outcome.kind)
  await engine.job()
  const next = await getRun(engine.db, engine.workspace.id, outcome.runId)
  if (!next) throw new Error('no run')
  return next
}

const count = async () => (await engine.list()).filter((name) => name.startsWith('related-models')).length
const state = async () => (await gitStatus(engine.db, engine.workspace.id))?.state
const description = async (i: number) => (await engine.value('related-models', `m-${i}`))?.description

describe('deletions in Git beyond the bound', () => {
  it('[S16] are held whole, while a save still goes out, and are done once approved', async () => {
    await removeFiles(0, 7)
    await describeFile(8, 'theirs')
    await push('Delete')
    const run = await engine.sync()
    expect([summary(run), run.counts.held, await count(), await state()]).toEqual([
      ['held', [['inbound', 'deletions', 8]]],
      8,
      12,
      'held',
    ])
    await engine.saved({ writes: [edited(models[9] ?? first, { description: 'ours' })] })
    await engine.job()
    expect([(await engine.log())[0], await state()]).toEqual([
      'Update related model M-9: description',
      'held',
    ])
    const again = await engine.sync()
    const done = await approve(again)
    expect([done.state, await count(), await description(8), await description(9), await state()]).toEqual([
      'succeeded',
      5,
      'theirs',
      'ours',
      'in-sync',
    ])
  })

  it('[S16] [S14] stay held by a poll of the same head, and go by themselves when they are taken back', async () => {
    await removeFiles(0, 7)
    await push('Delete')
    await engine.sync()
    await person.git('revert', '--no-edit', 'HEAD')
    await person.push()
    const run = await engine.sync()
    expect([run.state, await count(), await state()]).toEqual(['nothing-to-do', 12, 'in-sync'])
  })

  it('[S16] are approved as the commit that was looked at, when the branch has moved on', async () => {
    await removeFiles(0, 7)
    await push('Delete')
    const run = await engine.sync()
    await removeFiles(7, 12)
    await push('Delete the rest')
    const done = await approve(run)
    expect([summary(done), await count(), await state()]).toEqual([['succeeded', []], 0, 'in-sync'])
  })

  it('[S16] leave later commits that need consent themselves to their own plan', async () => {
    await engine.saved({ writes: Array.from({ length: 40 }, (_, i) => related(`n-${i}`)) })
    await engine.sync()
    await person.pull()
    for (let i = 0; i < 20; i++) await person.remove(`schema/related-models/n-${i}.yaml`)
    await push('Delete')
    const run = await engine.sync()
    for (let i = 20; i < 40; i++) await person.remove(`schema/related-models/n-${i}.yaml`)
    await push('Delete more')
    const done = await approve(run)
    expect([summary(done), await count()]).toEqual([['held', [['inbound', 'deletions', 20]]], 32])
    const last = await approve(done)
    expect([last.state, await count()]).toEqual(['succeeded', 12])
  })

  it('[S16] are refused by another digest, and by a run that waits no more', async () => {
    await removeFiles(0, 7)
    await push('Delete')
    const run = await engine.sync()
    const digest = heldIn(run)[0]?.digest ?? ''
    const ask = (id: string, text: string) =>
      approveRun(engine.db, engine.workspace.id, id, { digest: text, actor: ANN })
    const other = await ask(run.id, '0'.repeat(64))
    const newer = await engine.sync()
    const old = await ask(run.id, digest)
    expect([other.kind, old.kind, heldIn(newer)[0]?.digest]).toEqual(['other-digest', 'not-held', digest])
  })

  it('[S16] are held again when a value in them has changed since', async () => {
    await removeFiles(0, 7)
    await push('Delete')
    const run = await engine.sync()
    await engine.saved({ writes: [edited(first, { description: 'still wanted' })] })
    const done = await approve(run)
    expect([done.state, done.counts.conflicts, await count()]).toEqual(['held', 1, 12])
  })
})

describe('deletions in the app beyond the bound', () => {
  const gone = models.slice(0, 7).map(({ kind, slug }) => ({ kind, slug }))

  it('[S16] [W6] are held, show so on each resource, and go out once approved, while Git comes in', async () => {
    await engine.saved({ deletes: gone })
    await engine.saved({ writes: [edited(models[9] ?? first, { description: 'ours' })] })
    await describeFile(8, 'theirs')
    await push('By hand')
    const run = await engine.sync()
    const id = (await engine.get('related-models', 'm-9'))?.id ?? ''
    expect([
      summary(run),
      await description(8),
      (await engine.log())[0],
      (await gitStates(engine.db, engine.workspace.id, [id])).get(id)?.state,
    ]).toEqual([['held', [['outbound', 'deletions', 8]]], 'theirs', 'By hand', 'held'])
    const done = await approve(run)
    expect([done.state, (await engine.log()).slice(0, 3), await state()]).toEqual([
      'succeeded',
      ['Update related model M-9: description', 'Delete 7 models', 'By hand'],
      'in-sync',
    ])
  })
})

describe('a connection that asks for approval', () => {
  it('[S19] holds what comes in, and lets it in once approved; a save to a resource in it waits', async () => {
    await engine.connect({ url: engine.url, approval: true })
    await engine.sync()
    await describeFile(0, 'theirs')
    await push('By hand')
    const run = await engine.sync()
    expect([summary(run), await description(0)]).toEqual([['held', [['inbound', 'approval', 1]]], undefined])
    await engine.saved({ writes: [edited(second, { description: 'ours' })] })
    const later = await engine.sync()
    expect([later.state, (await engine.log())[0]]).toEqual(['held', 'Update related model M-1: description'])
    const done = await approve(later)
    expect([done.state, await description(0), await state()]).toEqual(['succeeded', 'theirs', 'in-sync'])
  })
})

describe('an alias change', () => {
  it('[S16] [E6] that gives more than five resources another source is held', async () => {
    await engine.saved({ writes: [source('lake')] })
    await engine.sync()
    await person.pull()
    await person.write('aliases-staging.yaml', 'sources:\n  warehouse: lake\n')
    await push('Alias')
    const run = await engine.sync()
    expect([summary(run), (await engine.value('related-models', 'm-0'))?.source]).toEqual([
      ['held', [['inbound', 'reassignment', 12]]],
      'warehouse',
    ])
    const done = await approve(run)
    expect([done.state, (await engine.value('related-models', 'm-0'))?.source]).toEqual(['succeeded', 'lake'])
  })
})

describe('a branch in question', () => {
  it('[S16] whose path was emptied is held, and empties the workspace once approved', async () => {
    await person.git('rm', '-r', '--quiet', '.')
    await person.git('commit', '--quiet', '--message', 'Empty')
    await person.push()
    const run = await engine.sync()
    expect([summary(run), await count()]).toEqual([['held', [['inbound', 'path-emptied', 12]]], 12])
    expect([(await approve(run)).state, await count()]).toEqual(['succeeded', 0])
  })

  it('[S16] [S11] that is gone is held, and is made again from the workspace once approved', async () => {
    await plainGit(engine.remoteDir, ['update-ref', '-d', 'refs/heads/main'])
    const run = await engine.sync()
    expect([summary(run), await count(), await engine.head()]).toEqual([
      ['held', [['both', 'branch-gone', 0]]],
      12,
      null,
    ])
    const done = await approve(run)
    expect([done.state, await count(), (await engine.files()).includes(fileOf(11))]).toEqual([
      'succeeded',
      12,
      true,
    ])
  })

  async function rewrite(): Promise<Run> {
    await describeFile(0, 'dropped')
    await push('To be dropped')
    await engine.sync()
    await person.git('reset', '--quiet', '--hard', 'HEAD~1')
    await describeFile(1, 'kept')
    await person.commit('Another history')
    await person.push('--force')
    return engine.sync()
  }

  it('[S16] whose history was rewritten is held with what it dropped as ours, to be sent again', async () => {
    const run = await rewrite()
    expect([summary(run), await description(0), await description(1)]).toEqual([
      ['held', [['both', 'history-rewritten', 2]]],
      'dropped',
      undefined,
    ])
    const done = await approve(run, 'send')
    expect([done.state, await description(0), await description(1), await engine.log()]).toEqual([
      'succeeded',
      'dropped',
      'kept',
      ['Update related model M-0: description', 'Another history', 'Add 12 models'],
    ])
    expect(await engine.show(fileOf(0))).toContain('description: dropped')
  })

  it('[S16] [S6] a rewrite agrees on nothing that was in conflict before it', async () => {
    await engine.saved({ writes: [edited(first, { description: 'ours' })] })
    await describeFile(0, 'theirs')
    await push('To be kept')
    expect((await engine.sync()).counts.conflicts).toBe(1)
    await person.write(fileOf(0), (await person.read(fileOf(0))).replace('M-0', 'Renamed'))
    await push('To be dropped')
    await engine.saved({ writes: [edited(second, { description: 'Sent' })] })
    await engine.sync()
    await person.git('reset', '--quiet', '--hard', 'HEAD~1')
    await person.git('commit', '--quiet', '--allow-empty', '--message', 'Another history')
    await person.push('--force')
    const run = await engine.sync()
    expect(summary(run)).toEqual(['held', [['both', 'history-rewritten', 1]]])
    const done = await approve(run, 'send')
    expect([done.state, done.counts.conflicts, await description(0)]).toEqual(['succeeded', 1, 'ours'])
    expect(await engine.show(fileOf(0))).toContain('description: theirs')
  })

  it('[S16] whose history was rewritten gives up what it dropped when that is chosen', async () => {
    const done = await approve(await rewrite(), 'give-up')
    expect([done.state, await description(0), await description(1), (await engine.log())[0]]).toEqual([
      'succeeded',
      undefined,
      'kept',
      'Another history',
    ])
  })

  it('[S16] whose rewritten history dropped a new and a deleted model shows both as ours', async () => {
    await person.remove(fileOf(0))
    await person.write('schema/related-models/new.yaml', await person.read(fileOf(1)))
    await push('To be dropped')
    await engine.sync()
    await person.git('reset', '--quiet', '--hard', 'HEAD~1')
    await person.git('commit', '--quiet', '--allow-empty', '--message', 'Another history')
    await person.push('--force')
    const run = await engine.sync()
    const [held] = heldIn(run)
    expect(held?.changes.map(({ slug, change }) => [slug, change])).toEqual([
      ['m-0', 'removed'],
      ['new', 'added'],
    ])
    const done = await approve(run, 'send')
    expect([done.state, [await engine.changedIn('main~1'), await engine.changedIn('main')]]).toEqual([
      'succeeded',
      [['A schema/related-models/new.yaml'], [`D ${fileOf(0)}`]],
    ])
  })

  it('[S16] [S14] whose rewrite drops what was sent while a bad commit stopped the rest is held too', async () => {
    await person.write(fileOf(2), 'name: [broken\n')
    await push('Break it')
    await engine.sync()
    await engine.saved({ writes: [edited(second, { description: 'Sent' })] })
    await engine.job()
    await person.git('reset', '--quiet', '--hard', 'HEAD~1')
    await describeFile(0, 'other')
    await person.commit('Another history')
    await person.push('--force')
    const run = await engine.sync()
    expect([run.state, heldIn(run)[0]?.reason, await description(0)]).toEqual([
      'held',
      'history-rewritten',
      undefined,
    ])
    const done = await approve(run)
    expect([done.state, await description(0), await description(1), await state()]).toEqual([
      'succeeded',
      'other',
      'Sent',
      'in-sync',
    ])
  })

  it('[S16] that cannot be compared any more, its cache gone, loses nothing either', async () => {
    const run = await rewrite()
    await rm(engine.context.gitCacheDir, { recursive: true, force: true })
    await plainGit(engine.remoteDir, ['reflog', 'expire', '--expire=now', '--all'])
    await plainGit(engine.remoteDir, ['gc', '--prune=now', '--quiet'])
    const again = await engine.sync()
    const done = await approve(again)
    expect([run.state, done.state, await description(0), await description(1)]).toEqual([
      'held',
      'succeeded',
      'dropped',
      'kept',
    ])
  })

  it('[S16] [S26] [F16] [F17] whose rewrite drops manifest and alias file gets both anew, its cache gone too', async () => {
    await person.git('rm', '--quiet', 'manifest-staging.yaml', 'aliases-staging.yaml')
    await person.git('commit', '--quiet', '--amend', '--message', 'Another history')
    await person.push('--force')
    await rm(engine.context.gitCacheDir, { recursive: true, force: true })
    await plainGit(engine.remoteDir, ['reflog', 'expire', '--expire=now', '--all'])
    await plainGit(engine.remoteDir, ['gc', '--prune=now', '--quiet'])
    const done = await approve(await engine.sync(), 'send')
    await engine.saved({ writes: [edited(second, { description: 'Sent' })] })
    const next = await engine.sync()
    const own = (await engine.files()).filter((path) => !path.startsWith('schema/'))
    expect([done.state, next.state, own, await state()]).toEqual([
      'succeeded',
      'succeeded',
      ['aliases-staging.yaml', 'manifest-staging.yaml'],
      'in-sync',
    ])
  })
})
