import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Everything in this folder runs on Node 20 with nothing installed.

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** The Node that the lock file pins; TypeScript runs on it as it is. */
export const NODE = join(ROOT, 'node_modules', 'node', 'bin', 'node')

/** Something that a person can mend: one sentence, exit code 2. */
export class Unready extends Error {}

/** Ends with one sentence for `Unready`; anything else is a bug and shows its stack. */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof Unready)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  }
}
