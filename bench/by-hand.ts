import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { plainGit } from '../test/support/git-bare.ts'
import { type Remote, switchHousekeepingOff } from './remotes.ts'

const PERSON = {
  GIT_AUTHOR_NAME: 'Ann Lee',
  GIT_AUTHOR_EMAIL: 'ann@example.com',
  GIT_COMMITTER_NAME: 'Ann Lee',
  GIT_COMMITTER_EMAIL: 'ann@example.com',
}

/** A working tree with a remote: what a person has who keeps the same files with git alone. */
export type WorkingTree = { readonly dir: string; readonly remote: Remote }

export async function createWorkingTree(dir: string, remote: Remote): Promise<WorkingTree> {
  await mkdir(dir, { recursive: true })
  await plainGit(dir, ['init', '--quiet', '--initial-branch=main', '.'])
  await switchHousekeepingOff(dir)
  await plainGit(dir, ['remote', 'add', 'origin', remote.url])
  return { dir, remote }
}

export async function writeFiles(
  tree: WorkingTree,
  files: Iterable<{ readonly path: string; readonly text: string }>,
): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(join(tree.dir, path)), { recursive: true })
    await writeFile(join(tree.dir, path), text)
  }
}

/** `git add`, `commit`, `push`, and `ls-remote` to see that it arrived. */
export async function commitByHand(
  { dir, remote }: WorkingTree,
  paths: readonly string[],
  subject: string,
): Promise<void> {
  await plainGit(dir, ['add', ...paths])
  await plainGit(dir, ['commit', '--quiet', '-m', subject], PERSON)
  await plainGit(dir, [...remote.gitOptions, 'push', '--quiet', 'origin', 'main'])
  const head = await plainGit(dir, ['rev-parse', 'HEAD'])
  const there = await plainGit(dir, [...remote.gitOptions, 'ls-remote', 'origin', 'refs/heads/main'])
  if (!there.startsWith(head)) throw new Error(`the push by hand did not arrive: ${there}`)
}
