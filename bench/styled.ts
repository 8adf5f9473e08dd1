import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { plainGit } from '../test/support/git-bare.ts'
import type { Bench } from './bench.ts'
import { commitByHand, type WorkingTree } from './by-hand.ts'
import { connectTo, syncAndWait } from './connect.ts'
import { type Remote, switchHousekeepingOff, type Transport } from './remotes.ts'

/** A synced repository of which people have styled a third by hand, with the clone of one of them. */
export async function styledRepository(
  bench: Bench,
  transport: Transport,
  name: string,
): Promise<{ readonly remote: Remote; readonly person: WorkingTree }> {
  const remote = await bench.remote(transport, name)
  await connectTo(bench, remote)
  await syncAndWait(bench)
  const person = await clone(bench, remote, `${name}-person`)
  for (const [i, { path }] of bench.resources.entries()) if (i % 3 === 0) await edit(person, path, byHand)
  await commitByHand(person, ['-A'], 'Style a third of the files')
  await syncAndWait(bench)
  return { remote, person }
}

export async function clone({ folder }: Bench, remote: Remote, name: string): Promise<WorkingTree> {
  const dir = join(folder, name)
  await plainGit(folder, [...remote.gitOptions, 'clone', '--quiet', remote.url, dir])
  await switchHousekeepingOff(dir)
  return { dir, remote }
}

export async function edit(
  tree: Pick<WorkingTree, 'dir'>,
  path: string,
  change: (text: string) => string,
): Promise<void> {
  const file = join(tree.dir, path)
  await writeFile(file, change(await readFile(file, 'utf8')))
}

/** Another name, as a person would write it. */
export function rename(text: string, name: string): string {
  return text.replace(/^((?:name| {2}relationshipName): )(.*)$/m, `$1"${name}"`)
}

/** A comment and quotes that no program of ours would write. */
function byHand(text: string): string {
  return `# Kept by hand\n${text.replace(/^((?:name| {2}relationshipName): )(.*)$/m, '$1"$2"')}`
}
