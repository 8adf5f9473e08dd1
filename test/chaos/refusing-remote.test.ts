import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Run } from '../../src/store/runs.ts'
import { createEngine } from '../support/engine.ts'
import { plainGit, refusePushes } from '../support/git-bare.ts'
import { breakPushes, type PushFault } from '../support/model/remote-faults.ts'
import { expectHealed, expectSentence, inSync, moveBoth } from './both-sides.ts'

const PROTECTED =
  'error: GH006: Protected branch update failed for refs/heads/main.\nerror: At least 1 approving review is required by reviewers with write access.'
const QUOTA = 'Your account has exceeded its storage quota: 1.1 GB of 1 GB is used.'

async function whileRefused(
  refuse: (dir: string) => Promise<unknown>,
  allow: (dir: string) => Promise<unknown>,
  check: (run: Run) => void,
): Promise<void> {
  const engine = await createEngine()
  try {
    await inSync(engine, engine.url)
    await moveBoth(engine, engine.remoteDir, '1')
    await refuse(engine.remoteDir)
    const before = await engine.head()
    const run = await engine.sync()
    expectSentence(run)
    check(run)
    // What is saved stays where it was, what came in is in, and the branch is as it was.
    expect([
      await engine.outbox(),
      (await engine.value('parent-models', 'users'))?.description,
      (await engine.value('related-models', 'purchases'))?.name,
      await engine.head(),
    ]).toEqual([2, 'save 1', 'Purchases 1', before])
    await allow(engine.remoteDir)
    await expectHealed(engine, engine.remoteDir, ['1'])
  } finally {
    await engine.close()
  }
}

describe.concurrent('a remote that takes no push', () => {
  it.each([
    ['a protected branch', PROTECTED],
    ['a quota', QUOTA],
    ['a hook that says nothing', ''],
    ['a hook with escape codes and very much to say', `\u001b[31mNo\u001b[0m ${'long '.repeat(2000)}`],
  ] as const)(
    '[S10] because of %s: its own words, and the saves keep their place',
    (_, words) =>
      whileRefused(
        (dir) => refusePushes(dir, words),
        (dir) => refusePushes(dir, null),
        (run) => {
          const first =
            words
              .split('\n')[0]
              ?.replace(/^error: /, '')
              .slice(0, 40) ?? ''
          const { code, message = '', hint = '' } = run.problem ?? {}
          expect([run.state, code, hint]).toEqual([
            'failed',
            'push-rejected',
            'The changes stay in the outbox. Allow the push on the host, then sync again.',
          ])
          if (!first.startsWith('\u001b')) expect(message).toContain(first)
          expect(message).not.toContain('\u001b')
          expect(message.length).toBeLessThan(2_100)
        },
      ),
    180_000,
  )

  it.each([
    [
      'an update hook for this one branch',
      async (dir: string) => {
        await writeFile(join(dir, 'hooks', 'update'), '#!/bin/sh\necho not this branch >&2\nexit 1\n', {
          mode: 0o755,
        })
      },
    ],
    ['a limit on what it takes', (dir: string) => plainGit(dir, ['config', 'receive.maxInputSize', '10'])],
    [
      'a lock that somebody left on the branch',
      (dir: string) => writeFile(join(dir, 'refs/heads/main.lock'), ''),
    ],
  ] as const)(
    '[S10] because of %s: the run says so, and it goes out once that is gone',
    (_, refuse) =>
      whileRefused(
        refuse,
        async (dir) => {
          await rm(join(dir, 'hooks', 'update'), { force: true })
          await rm(join(dir, 'refs/heads/main.lock'), { force: true })
          await plainGit(dir, ['config', 'receive.maxInputSize', '0'])
        },
        (run) => expect([run.state, run.problem?.hint !== undefined]).toEqual(['failed', true]),
      ),
    180_000,
  )

  it(
    '[S10] but says that it did, always: the run gives up and nothing counts as pushed',
    () =>
      whileRefused(
        (dir) => breakPushes(dir, 'never-moved'),
        (dir) => breakPushes(dir, null),
        (run) => expect([run.state, run.problem?.code]).toEqual(['failed', 'busy']),
      ),
    180_000,
  )

  it.each(['not-moved', 'dies-before', 'dies-after'] as const)(
    '[S10] [S26] but by an accident (%s): both sides are equal in the end, and no commit is there twice',
    async (fault: PushFault) => {
      const engine = await createEngine()
      try {
        await inSync(engine, engine.url)
        await moveBoth(engine, engine.remoteDir, '1')
        await breakPushes(engine.remoteDir, fault)
        expectSentence(await engine.sync())
        await breakPushes(engine.remoteDir, null)
        await expectHealed(engine, engine.remoteDir, ['1'])
      } finally {
        await engine.close()
      }
    },
    180_000,
  )
})
