import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { plainGit, refusePushes } from '../git-bare.ts'

/** How a push goes wrong at a remote: nothing arrives, or all of it and nobody hears of it. */
export const PUSH_FAULTS = ['refused', 'dies-before', 'dies-after', 'not-moved', 'quota'] as const
export type PushFault = (typeof PUSH_FAULTS)[number] | 'never-moved'

/** Makes every push to the repository go wrong in one way; null makes it well again. */
export async function breakPushes(dir: string, fault: PushFault | null): Promise<void> {
  for (const name of ['pre-receive', 'post-receive']) await rm(join(dir, 'hooks', name), { force: true })
  await plainGit(dir, ['config', 'receive.maxInputSize', fault === 'quota' ? '1' : '0'])
  if (fault === 'refused') await refusePushes(dir, 'main is protected: open a pull request')
  // The connection breaks: the hook kills the process that talks to the client.
  if (fault === 'dies-before') await hook(dir, 'pre-receive', 'kill -9 $PPID')
  if (fault === 'dies-after') await hook(dir, 'post-receive', 'kill -9 $PPID')
  // Once: a remote that always does it makes a run give up only after seconds (test/chaos/refusing-remote.test.ts).
  if (fault === 'not-moved') await hook(dir, 'post-receive', `${BACK}\nrm -- "$0"`)
  if (fault === 'never-moved') await hook(dir, 'post-receive', BACK)
}

const BACK = `while read before after ref; do
  case $before in
    *[!0]*) git update-ref "$ref" "$before" "$after" ;;
    *) git update-ref -d "$ref" "$after" ;;
  esac
done`

async function hook(dir: string, name: string, body: string): Promise<void> {
  const path = join(dir, 'hooks', name)
  await writeFile(path, `#!/bin/sh\n${body}\n`)
  await chmod(path, 0o755)
}
