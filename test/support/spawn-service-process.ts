import { setTimeout as sleep } from 'node:timers/promises'
import { runGit, startGitBySmallProcess } from '../../src/git/command.ts'

/** A server with a git that waits for its input. */
await startGitBySmallProcess()
const input = (async function* () {
  await sleep(60_000)
  yield ''
})()
void runGit({ gitDir: null, args: ['hash-object', '--stdin'], timeoutMs: 60_000, input })
process.send?.('ready')
