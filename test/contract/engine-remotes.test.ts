import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine, side } from '../support/engine.ts'
import { plainGit } from '../support/git-bare.ts'
import { clonePerson } from '../support/git-person.ts'
import { type GitRemotes, REMOTE_KINDS, startGitRemotes } from '../support/git-remotes.ts'
import { edited, parent, related, relationship, source } from '../support/resources.ts'

describe.each(REMOTE_KINDS)('over %s', (kind) => {
  let remotes: GitRemotes
  beforeAll(async () => {
    remotes = await startGitRemotes(kind)
  })
  afterAll(() => remotes.stop())

  it('[S7] [S8] [S13] a schema reaches Git, and a pushed commit the workspace', async () => {
    const remote = await remotes.create('schema')
    const engine = await createEngine()
    try {
      const context = { ...engine.context, gitPolicy: remote.policy }
      const ours = side(context, engine.workspace)
      const users = parent('users')
      await ours.saved({
        writes: [source(), users, related('purchases'), relationship('users', 'purchases')],
      })
      await ours.connect({ url: remote.url }, remote.credentials)
      expect((await ours.sync()).state).toBe('succeeded')
      const subjects = async () =>
        (await plainGit(remote.dir, ['log', '--format=%s | %an', 'main'])).split('\n')
      expect(await subjects()).toEqual([
        'Add relationship users-purchases | Ann Lee',
        'Add 2 models | Ann Lee',
      ])

      const person = await clonePerson({ url: remote.dir, dir: join(engine.dir, 'person') })
      const path = 'schema/related-models/purchases.yaml'
      await person.write(path, `# by hand\n${await person.read(path)}`.replace('Purchases', 'Orders'))
      await person.commit('By hand')
      await person.push()
      await ours.saved({ writes: [edited(users, { description: 'Ours' })] })
      const run = await ours.sync()
      expect([run.state, run.direction, (await ours.value('related-models', 'purchases'))?.name]).toEqual([
        'succeeded',
        'BOTH',
        'Orders',
      ])
      expect((await subjects())[0]).toBe('Update parent model Users: description | Ann Lee')
    } finally {
      await engine.close()
    }
  })
})
