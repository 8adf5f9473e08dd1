import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openRepository, type Repository } from '../../src/git/repository.ts'
import type { WalkedCommit } from '../../src/git/walk.ts'
import { createBare } from '../support/git-bare.ts'
import { clonePerson, type GitPerson } from '../support/git-person.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A person with a clone, and the repository as a server would have it. */
async function world(): Promise<{ person: GitPerson; repository: () => Promise<Repository> }> {
  const folder = temporaryFolder()
  const remote = join(folder, 'remote.git')
  await createBare(remote)
  const person = await clonePerson({ url: remote, dir: join(folder, 'clone'), name: 'Pat “P” Person' })
  return { person, repository: () => openRepository(join(person.dir, '.git')) }
}

async function all(walk: AsyncIterable<WalkedCommit>): Promise<WalkedCommit[]> {
  const commits: WalkedCommit[] = []
  for await (const commit of walk) commits.push(commit)
  return commits
}

const told = ({ subject, changes }: WalkedCommit) =>
  `${subject}: ${changes.map(({ status, path }) => `${status} ${path}`).join(', ')}`

it('[S23] a walk tells each commit that changed some paths, with author, date and what it changed', async () => {
  const { person, repository } = await world()
  await person.write('deep/schema/models/ä b.yaml', 'name: A\n')
  await person.write('deep/other.txt', 'x')
  const first = await person.commit('Begin: with a colon')
  await person.write('deep/other.txt', 'y')
  await person.commit('Elsewhere')
  await person.git('mv', 'deep/schema/models/ä b.yaml', 'deep/schema/models/c.yaml')
  const last = await person.commit('Move')
  const at = new Date(Number(await person.git('log', '-1', '--format=%at')) * 1000)
  const { walk } = await repository()
  const blob = (await person.git('rev-parse', 'HEAD:deep/schema/models/c.yaml')).trim()
  const author = { name: 'Pat “P” Person', email: 'pat@example.com', at: expect.any(Date) }
  const file = { faithful: true, mode: '100644' }
  const found = await all(walk({ from: last, root: 'deep', paths: ['schema/'] }))
  expect(found).toEqual([
    {
      oid: last,
      parents: [expect.any(String)],
      author: { ...author, at },
      committedAt: at.getTime() / 1000,
      subject: 'Move',
      changes: [
        { ...file, path: 'schema/models/c.yaml', status: 'A', oid: blob, was: [null] },
        { ...file, mode: '000000', path: 'schema/models/ä b.yaml', status: 'D', oid: null, was: [blob] },
      ],
    },
    {
      oid: first,
      parents: [],
      author,
      committedAt: expect.any(Number),
      subject: 'Begin: with a colon',
      changes: [{ ...file, path: 'schema/models/ä b.yaml', status: 'A', oid: blob, was: [null] }],
    },
  ])
  expect(await all(walk({ from: last, root: 'deep', paths: ['schema/'], skip: 1 }))).toEqual(found.slice(1))
  expect(await all(walk({ from: last, root: '', paths: ['none/'] }))).toEqual([])
})

it('[S23] a walk goes through both sides of a merge, and may be given up at any commit', async () => {
  const { person, repository } = await world()
  for (const name of ['a', 'b']) await person.write(`models/${name}.yaml`, `name: ${name}\n`)
  await person.commit('Begin')
  await person.git('checkout', '--quiet', '-b', 'side')
  await person.git('mv', 'models/a.yaml', 'models/c.yaml')
  await person.commit('Rename on the side')
  await person.git('checkout', '--quiet', 'main')
  await person.write('models/a.yaml', 'name: a\nsource: wh\n')
  await person.commit('Edit on main')
  await person.git('merge', '--quiet', '--no-edit', 'side')
  const { walk } = await repository()
  const from = (await person.git('rev-parse', 'HEAD')).trim()
  const commits = await all(walk({ from, root: '', paths: ['models/'] }))
  expect(commits.slice(1, 3).map(told).toSorted()).toEqual([
    'Edit on main: M models/a.yaml',
    'Rename on the side: D models/a.yaml, A models/c.yaml',
  ])
  expect([commits[0], commits[3]].map((commit) => commit && told(commit))).toEqual([
    expect.stringMatching(/^Merge branch 'side': AM models\/c.yaml$/),
    'Begin: A models/a.yaml, A models/b.yaml',
  ])
  for await (const commit of walk({ from, root: '', paths: ['models/'] })) {
    expect(commit.oid).toBe(from)
    break
  }
})

it('[S23] a lineage has every way back to a commit, and what changed along each', async () => {
  const { person, repository } = await world()
  await person.write('models/a.yaml', 'name: a\n')
  const base = await person.commit('Begin')
  await person.git('checkout', '--quiet', '-b', 'side')
  await person.git('mv', 'models/a.yaml', 'models/c.yaml')
  const side = await person.commit('Rename on the side')
  await person.git('checkout', '--quiet', 'main')
  await person.write('README.md', 'x')
  const main = await person.commit('Elsewhere')
  await person.git('merge', '--quiet', '--no-edit', 'side')
  const merge = (await person.git('rev-parse', 'HEAD')).trim()
  const { lineage, diffEdges, findCommit } = await repository()
  const edges = await lineage(merge, base)
  expect(edges.slice(0, 2)).toEqual([
    { child: merge, parent: main },
    { child: merge, parent: side },
  ])
  expect(edges.slice(2)).toHaveLength(2)
  const renamed = ['D models/a.yaml', 'A models/c.yaml']
  const changes = new Map<string, string[]>()
  let i = 0
  for await (const found of diffEdges(edges, { root: '', paths: ['models/'] })) {
    const edge = edges[i++]
    changes.set(
      `${edge?.child} ${edge?.parent}`,
      found.map(({ status, path }) => `${status} ${path}`),
    )
  }
  expect(changes).toEqual(
    new Map([
      [`${merge} ${main}`, renamed],
      [`${merge} ${side}`, []],
      [`${side} ${base}`, renamed],
      [`${main} ${base}`, []],
    ]),
  )
  expect(await lineage(main, side)).toEqual([])
  expect(await lineage(base, base)).toEqual([])
  expect(await findCommit(side.slice(0, 8))).toBe(side)
  for (const none of ['abcdef0', 'HEAD', '--help', '']) expect(await findCommit(none)).toBeNull()
})
