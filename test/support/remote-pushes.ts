import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type RecordedPush = { readonly before: string; readonly after: string }

/** Lets a bare repository write down every push that it takes; gives what it has written, the oldest first. */
export async function recordPushes(dir: string): Promise<() => Promise<RecordedPush[]>> {
  const file = join(dir, 'pushes')
  const hook = join(dir, 'hooks', 'post-receive')
  await mkdir(join(dir, 'hooks'), { recursive: true })
  await writeFile(file, '')
  await writeFile(hook, `#!/bin/sh\ncat >> '${file}'\n`)
  await chmod(hook, 0o755)
  return async () => {
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
    return lines.map((line) => {
      const [before = '', after = ''] = line.split(' ')
      return { before, after }
    })
  }
}
